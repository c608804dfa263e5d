"""Wrong: the threads never stop calling themselves after 5 and die of a RecursionError."""

import threading


def print_from(i):
    if i <= 5:
        print(f"Thread {threading.current_thread().name}: {i}")
    print_from(i + 1)


thread1 = threading.Thread(target=print_from, args=(1,), name="Thread 1")
thread2 = threading.Thread(target=print_from, args=(1,), name="Thread 2")
thread1.start()
thread2.start()
