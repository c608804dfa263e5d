import threading
from collections import deque

PLACES = 3
items = deque()
changed = threading.Condition()


def put(item, name):
    with changed:
        changed.wait_for(lambda: len(items) < PLACES)
        items.append(item)
        print(f"put {item} by {name}")
        changed.notify_all()


def take(name):
    with changed:
        changed.wait_for(lambda: items)
        item = items.popleft()
        print(f"got {item} by {name}")
        changed.notify_all()


def produce():
    for item in range(1, 11):
        put(item, "producer 1" if item <= 5 else "producer 2")


def consume():
    for number in range(10):
        take("consumer 1" if number < 5 else "consumer 2")


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
