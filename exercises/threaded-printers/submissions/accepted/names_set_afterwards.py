"""The threads get their names after they are made and before they start."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


a = threading.Thread(target=print_numbers)
b = threading.Thread(target=print_numbers)
a.name = "Thread 1"
b.name = "Thread 2"
a.start()
b.start()
a.join()
b.join()
