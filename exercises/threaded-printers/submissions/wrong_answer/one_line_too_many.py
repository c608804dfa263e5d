"""Wrong: Thread 2 goes on to 6."""

import threading


def print_numbers(last):
    for i in range(1, last + 1):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, args=(5,), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=(6,), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
