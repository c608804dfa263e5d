"""Two producers, two consumers and a buffer with three places. README.md says what to print."""

import threading

PLACES = 3
items = []
changed = threading.Condition()


def put(item):
    with changed:
        # Wait here while the buffer is full. Then put the item in, print
        # "put <item> by <name of this thread>", and wake who waits.
        pass


def take():
    with changed:
        # Wait here while the buffer is empty. Then take the oldest item out, print
        # "got <item> by <name of this thread>", and wake who waits.
        pass


# Below, make the threads "producer 1", "producer 2", "consumer 1" and "consumer 2",
# and start all four of them.
