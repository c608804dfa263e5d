"""Wrong: Thread 1 is joined before Thread 2 is started."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for number in (1, 2):
    thread = threading.Thread(target=print_numbers, name=f"Thread {number}")
    thread.start()
    thread.join()
