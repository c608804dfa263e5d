import threading

PLACES = 3
items = []
lock = threading.Lock()
not_full = threading.Condition(lock)
not_empty = threading.Condition(lock)


def put(item):
    with lock:
        while len(items) == PLACES:
            not_full.wait()
        items.append(item)
        print("put", item, "by", threading.current_thread().name)
        not_empty.notify()


def take():
    with lock:
        while not items:
            not_empty.wait()
        item = items.pop(0)
        print("got", item, "by", threading.current_thread().name)
        not_full.notify()


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
