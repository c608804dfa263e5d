"""A lock around the whole loop: both threads run, one block of five follows the other."""

import threading

turn = threading.Lock()


def print_numbers():
    with turn:
        for i in range(1, 6):
            print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
