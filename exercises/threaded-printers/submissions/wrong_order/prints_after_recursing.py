"""Wrong: the function calls itself before it prints, so the 5 comes first."""

import threading


def print_from(i):
    if i > 5:
        return
    print_from(i + 1)
    print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_from, args=(1,), name="Thread 1")
thread2 = threading.Thread(target=print_from, args=(1,), name="Thread 2")
thread1.start()
thread2.start()
