"""Wrong: nobody waits for the daemon threads, and the end of the program takes them with it."""

import threading
import time


def print_numbers():
    for i in range(1, 6):
        time.sleep(30)
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1", daemon=True)
thread2 = threading.Thread(target=print_numbers, name="Thread 2", daemon=True)
thread1.start()
thread2.start()
