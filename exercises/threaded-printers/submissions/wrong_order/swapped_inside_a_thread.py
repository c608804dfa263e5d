"""Wrong: Thread 2 prints its 4 before its 3."""

import threading


def print_numbers(numbers):
    for i in numbers:
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, args=([1, 2, 3, 4, 5],), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=([1, 2, 4, 3, 5],), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
