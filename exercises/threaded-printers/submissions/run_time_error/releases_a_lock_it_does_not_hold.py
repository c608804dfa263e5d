"""Wrong: release() after the with statement has released the lock is a RuntimeError in both threads."""

import threading

lock = threading.Lock()
everything_is_printed = threading.Barrier(2)


def print_numbers():
    for i in range(1, 6):
        with lock:
            print(f"Thread {threading.current_thread().name}: {i}")
    everything_is_printed.wait()
    lock.release()


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
