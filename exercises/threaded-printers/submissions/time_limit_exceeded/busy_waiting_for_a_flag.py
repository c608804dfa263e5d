"""Wrong: Thread 2 spins until a flag is set that nobody sets."""

import threading

go_on = False


def print_numbers():
    name = threading.current_thread().name
    for i in range(1, 6):
        while name == "Thread 2" and not go_on:
            pass
        print(f"Thread {name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
