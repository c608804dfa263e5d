"""Wrong: each thread prints the odd numbers first and then the even ones."""

import threading


def print_numbers():
    name = threading.current_thread().name
    for start in (1, 2):
        for i in range(start, 6, 2):
            print(f"Thread {name}: {i}")


for name in ("Thread 1", "Thread 2"):
    threading.Thread(target=print_numbers, name=name).start()
