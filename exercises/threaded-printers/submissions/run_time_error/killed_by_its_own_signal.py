"""Wrong: the program sends itself a SIGSEGV after the right ten lines."""

import os
import signal
import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}", flush=True)


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
os.kill(os.getpid(), signal.SIGSEGV)
