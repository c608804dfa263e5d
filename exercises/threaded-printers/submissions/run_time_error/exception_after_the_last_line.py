"""Wrong: all ten lines are there, then both threads die of a NameError; the exit status is 0."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")
    finished.append(threading.current_thread().name)


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
