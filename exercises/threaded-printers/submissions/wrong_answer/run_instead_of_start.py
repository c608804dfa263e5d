"""Wrong: run() calls the function in the main thread, so the lines say MainThread."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.run()
thread2.run()
