"""Wrong: the threads wait for the event, and the main thread joins them before it sets it."""

import threading

start = threading.Event()


def print_numbers():
    start.wait()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
start.set()
