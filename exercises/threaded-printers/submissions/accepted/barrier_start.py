"""A barrier lets both threads begin at the same moment."""

import threading

start_line = threading.Barrier(2)


def print_numbers():
    start_line.wait()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for name in ("Thread 1", "Thread 2"):
    threading.Thread(target=print_numbers, name=name).start()
