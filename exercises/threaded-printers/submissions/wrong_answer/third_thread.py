"""Wrong: a third thread prints five more lines."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for number in range(1, 4):
    threading.Thread(target=print_numbers, name=f"Thread {number}").start()
