"""Wrong: ("Thread 1") is no tuple, so its eight letters become eight arguments: a TypeError."""

import threading


def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


thread1 = threading.Thread(target=print_numbers, args=("Thread 1"))
thread2 = threading.Thread(target=print_numbers, args=("Thread 2"))
thread1.start()
thread2.start()
thread1.join()
thread2.join()
