"""Wrong: a forked child sleeps on for a minute when the main program has ended."""

import os
import threading
import time


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


if os.fork() == 0:
    time.sleep(60)
    os._exit(0)

thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
