"""Two semaphores pass the turn to and fro, line by line."""

import threading

turn1 = threading.Semaphore(1)
turn2 = threading.Semaphore(0)


def print_numbers(mine, other):
    for i in range(1, 6):
        mine.acquire()
        print(f"Thread {threading.current_thread().name}: {i}")
        other.release()


thread1 = threading.Thread(target=print_numbers, args=(turn1, turn2), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=(turn2, turn1), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
