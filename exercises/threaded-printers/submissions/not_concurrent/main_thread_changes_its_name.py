"""Wrong: the main thread plays both parts, under one name after the other."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for name in ("Thread 1", "Thread 2"):
    threading.current_thread().name = name
    print_numbers()
