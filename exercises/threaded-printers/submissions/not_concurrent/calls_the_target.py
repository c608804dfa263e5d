"""Wrong: target=print_numbers(...) calls it at once, in the main thread; the threads do nothing."""

import threading


def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


thread1 = threading.Thread(target=print_numbers("Thread 1"), name="Thread 1")
thread2 = threading.Thread(target=print_numbers("Thread 2"), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
