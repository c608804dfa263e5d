"""Wrong: Thread 2 dies of an IndexError before its last line; the exit status is 0 all the same."""

import threading


def print_numbers(numbers):
    for index in range(5):
        print(f"Thread {threading.current_thread().name}: {numbers[index]}")


thread1 = threading.Thread(target=print_numbers, args=([1, 2, 3, 4, 5],), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=([1, 2, 3, 4],), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
