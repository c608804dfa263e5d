"""Wrong: without i += 1 the loops print their first line for ever."""

import threading


def print_numbers():
    i = 1
    while i <= 5:
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
