"""Wrong: at 3 the continue jumps over i += 1, and the loop never gets any further."""

import threading


def print_numbers():
    name = threading.current_thread().name
    i = 1
    while i <= 5:
        if i == 3 and name == "Thread 1":
            continue
        print(f"Thread {name}: {i}")
        i += 1


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
