"""Wrong: nobody sets the event, and the wait for it gives up after an hour only."""

import threading

start = threading.Event()


def print_numbers():
    start.wait(timeout=3600)
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
