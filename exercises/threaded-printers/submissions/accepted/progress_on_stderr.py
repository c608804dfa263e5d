"""What it says about its progress goes to stderr, and only stdout counts."""

import sys
import threading


def print_numbers():
    name = threading.current_thread().name
    print(f"{name} begins", file=sys.stderr)
    for i in range(1, 6):
        print(f"Thread {name}: {i}")
    print(f"{name} ends", file=sys.stderr)


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
