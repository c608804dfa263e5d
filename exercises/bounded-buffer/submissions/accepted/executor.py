import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

PLACES = 3
items = deque()
changed = threading.Condition()


local = threading.local()


def name():
    return local.name


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


def produce(number):
    local.name = f"producer {number}"
    for item in range(5 * number - 4, 5 * number + 1):
        put(item)


def consume(number):
    local.name = f"consumer {number}"
    for _ in range(5):
        take()


with ThreadPoolExecutor(4) as executor:
    jobs = [executor.submit(job, number) for job in (produce, consume) for number in (1, 2)]
for job in jobs:
    job.result()
