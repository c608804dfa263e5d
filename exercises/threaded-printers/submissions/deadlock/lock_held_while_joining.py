"""Wrong: the main thread keeps the lock that the threads need while it waits for them."""

import threading

printing = threading.Lock()


def print_numbers():
    for i in range(1, 6):
        with printing:
            print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
with printing:
    thread1.start()
    thread2.start()
    thread1.join()
    thread2.join()
