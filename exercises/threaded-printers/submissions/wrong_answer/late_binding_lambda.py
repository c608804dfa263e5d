"""Wrong: both lambdas look up the variable name when it already says "Thread 2"."""

import threading


def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


threads = []
for number in (1, 2):
    name = f"Thread {number}"
    threads.append(threading.Thread(target=lambda: print_numbers(name), name=name))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
