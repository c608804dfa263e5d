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


class Producer(threading.Thread):
    def __init__(self, number):
        super().__init__(name=f"producer {number}")
        self.first = 5 * number - 4

    def run(self):
        for item in range(self.first, self.first + 5):
            put(item)


class Consumer(threading.Thread):
    def __init__(self, number):
        super().__init__(name=f"consumer {number}")

    def run(self):
        for _ in range(5):
            take()


for thread in (Producer(1), Consumer(1), Producer(2), Consumer(2)):
    thread.start()
