"""Wrong: a single thread prints all ten lines and changes its name after five."""

import threading


def print_numbers():
    for name in ("Thread 1", "Thread 2"):
        threading.current_thread().name = name
        for i in range(1, 6):
            print(f"Thread {threading.current_thread().name}: {i}")


thread = threading.Thread(target=print_numbers)
thread.start()
thread.join()
