"""Wrong: Thread 2 is started when Thread 1 is no longer alive; no join, and the same effect."""

import threading
import time


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


first = threading.Thread(target=print_numbers, name="Thread 1")
second = threading.Thread(target=print_numbers, name="Thread 2")
first.start()
while first.is_alive():
    time.sleep(0.01)
second.start()
