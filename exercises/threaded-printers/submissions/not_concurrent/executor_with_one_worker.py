"""Wrong: the executor has one worker, which does both jobs in turn."""

from concurrent.futures import ThreadPoolExecutor


def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


with ThreadPoolExecutor(max_workers=1) as executor:
    list(executor.map(print_numbers, ["Thread 1", "Thread 2"]))
