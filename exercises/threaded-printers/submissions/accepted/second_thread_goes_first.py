"""Thread 1 waits until Thread 2 has printed its five lines, which is an interleaving like any other."""

import threading

second_is_done = threading.Event()


def print_numbers():
    name = threading.current_thread().name
    if name == "Thread 1":
        second_is_done.wait()
    for i in range(1, 6):
        print(f"Thread {name}: {i}")
    if name == "Thread 2":
        second_is_done.set()


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
