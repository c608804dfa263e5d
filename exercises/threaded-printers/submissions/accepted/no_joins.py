"""The shortest way: two named threads, an f-string, no joins at all."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


first = threading.Thread(target=print_numbers, name="Thread 1")
second = threading.Thread(target=print_numbers, name="Thread 2")

first.start()
second.start()
