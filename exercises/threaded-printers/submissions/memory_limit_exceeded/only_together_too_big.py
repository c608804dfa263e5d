"""Wrong: each thread may hold its 180 MB, but both hold them at the same time."""

import threading
import time

both_hold_theirs = threading.Barrier(2)


def print_numbers():
    table = b"x" * 180_000_000
    both_hold_theirs.wait()
    for i in range(1, 6):
        time.sleep(0.2)
        print(f"Thread {threading.current_thread().name}: {i}")
    del table


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
