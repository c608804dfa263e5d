"""Wrong: both threads draw from one iterator, so the five numbers are shared out between them."""

import threading

numbers = iter(range(1, 6))


def print_numbers():
    for i in numbers:
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
