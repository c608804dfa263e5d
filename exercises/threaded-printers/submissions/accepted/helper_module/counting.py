"""What each of the threads does."""

import threading


def print_numbers(last):
    for i in range(1, last + 1):
        print(f"Thread {threading.current_thread().name}: {i}")
