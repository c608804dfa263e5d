"""Wrong: the main thread asks again and again for results that the threads never store."""

import threading
import time

finished = []


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


threading.Thread(target=print_numbers, name="Thread 1").start()
threading.Thread(target=print_numbers, name="Thread 2").start()
while len(finished) < 2:
    time.sleep(0.1)
