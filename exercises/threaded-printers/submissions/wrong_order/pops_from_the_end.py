"""Wrong: pop() takes the last number of the list, not the first."""

import threading


def print_numbers():
    numbers = [1, 2, 3, 4, 5]
    while numbers:
        print(f"Thread {threading.current_thread().name}: {numbers.pop()}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
