"""Wrong: each thread politely waits as long as the other wants to print, and both want to for ever."""

import threading
import time

wants = {"Thread 1": True, "Thread 2": True}


def print_numbers(other):
    name = threading.current_thread().name
    for i in range(1, 6):
        while wants[other]:
            time.sleep(0.01)
        print(f"Thread {name}: {i}")
    wants[name] = False


thread1 = threading.Thread(target=print_numbers, args=("Thread 2",), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=("Thread 1",), name="Thread 2")
thread1.start()
thread2.start()
