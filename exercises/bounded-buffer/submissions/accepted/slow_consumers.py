import threading
from collections import deque

PLACES = 3
items = deque()
changed = threading.Condition()


def name():
    return threading.current_thread().name


def put(item):
    with changed:
        changed.wait_for(lambda: len(items) < PLACES)
        items.append(item)
        print(f"put {item} by {name()}")
        changed.notify_all()


def take():
    with changed:
        changed.wait_for(lambda: items)
        item = items.popleft()
        print(f"got {item} by {name()}")
        changed.notify_all()


def produce(first):
    for item in range(first, first + 5):
        put(item)


def consume():
    for _ in range(5):
        sum(range(100_000))
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
