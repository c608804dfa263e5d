"""Each thread makes its five lines first and prints them with one call."""

import threading


def print_numbers():
    name = threading.current_thread().name
    print("\n".join(f"Thread {name}: {i}" for i in range(1, 6)))


threading.Thread(target=print_numbers, name="Thread 1").start()
threading.Thread(target=print_numbers, name="Thread 2").start()
