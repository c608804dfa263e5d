import threading

free = threading.Semaphore(3)
filled = threading.Semaphore(0)
lock = threading.Lock()
items = []


def put(item):
    free.acquire()
    with lock:
        items.append(item)
        print(f"put {item} by {threading.current_thread().name}", flush=True)
    filled.release()


def take():
    filled.acquire()
    with lock:
        item = items.pop(0)
        print(f"got {item} by {threading.current_thread().name}", flush=True)
    free.release()


def produce(first):
    for item in range(first, first + 5):
        put(item)


def consume():
    for _ in range(5):
        take()


threads = [
    threading.Thread(target=produce, args=(1,), name="producer 1"),
    threading.Thread(target=produce, args=(6,), name="producer 2"),
    threading.Thread(target=consume, name="consumer 1"),
    threading.Thread(target=consume, name="consumer 2"),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
