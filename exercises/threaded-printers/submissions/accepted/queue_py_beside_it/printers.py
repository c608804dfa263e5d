"""A file from another lesson, queue.py, lies beside this one and is none of its business."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for number in (1, 2):
    threading.Thread(target=print_numbers, name=f"Thread {number}").start()
