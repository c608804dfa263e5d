"""Wrong: all lines are printed, but nobody calls task_done, so jobs.join() never returns."""

import queue
import threading

jobs = queue.Queue()


def print_numbers():
    jobs.get()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for number in (1, 2):
    jobs.put(number)
    threading.Thread(target=print_numbers, name=f"Thread {number}").start()
jobs.join()
