"""Wrong: the first thread to take the lock prints all its lines and never releases it."""

import threading

lock = threading.Lock()


def print_numbers():
    lock.acquire()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
