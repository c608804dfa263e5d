"""Wrong: Thread 2 takes its numbers from a queue that nobody fills."""

import queue
import threading

full = queue.Queue()
empty = queue.Queue()
for n in range(1, 6):
    full.put(n)


def print_numbers(numbers):
    for _ in range(5):
        print(f"Thread {threading.current_thread().name}: {numbers.get()}")


thread1 = threading.Thread(target=print_numbers, args=(full,), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=(empty,), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
