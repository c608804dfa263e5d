"""Wrong: nothing is printed; the TypeError of text + number stays in futures that nobody asks."""

import threading
from concurrent.futures import ThreadPoolExecutor


def print_numbers(name):
    for i in range(1, 6):
        print("Thread " + name + ": " + i)


with ThreadPoolExecutor(max_workers=2) as executor:
    executor.submit(print_numbers, "Thread 1")
    executor.submit(print_numbers, "Thread 2")
