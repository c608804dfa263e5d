"""Wrong: every line keeps 100 MB in memory."""

import threading

history = []


def print_numbers():
    name = threading.current_thread().name
    for i in range(1, 6):
        history.append(f"{name}: {i}, " * 8_000_000)
        print(f"Thread {name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
