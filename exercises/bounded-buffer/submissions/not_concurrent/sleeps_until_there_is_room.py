import threading
import time
from collections import deque

PLACES = 3
items = deque()
lock = threading.Lock()


def name():
    return threading.current_thread().name


def put(item):
    while True:
        with lock:
            if len(items) < PLACES:
                items.append(item)
                print(f"put {item} by {name()}")
                return
        time.sleep(0.01)


def take():
    while True:
        with lock:
            if items:
                print(f"got {items.popleft()} by {name()}")
                return
        time.sleep(0.01)


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
