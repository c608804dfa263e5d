"""Wrong: Thread 1 takes its numbers from a LifoQueue, which hands out the newest first."""

import queue
import threading


def print_numbers(numbers):
    for i in range(1, 6):
        numbers.put(i)
    while not numbers.empty():
        print(f"Thread {threading.current_thread().name}: {numbers.get()}")


thread1 = threading.Thread(target=print_numbers, args=(queue.LifoQueue(),), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=(queue.Queue(),), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
