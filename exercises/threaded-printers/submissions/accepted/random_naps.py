"""Short naps of random length between the lines."""

import random
import threading
import time


def print_numbers():
    for i in range(1, 6):
        time.sleep(random.random() / 50)
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
