"""Wrong: each thread holds one lock and waits for the other's; the barrier makes that certain."""

import threading

paper = threading.Lock()
ink = threading.Lock()
both_hold_one = threading.Barrier(2)


def print_numbers(first, second):
    with first:
        both_hold_one.wait()
        with second:
            for i in range(1, 6):
                print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, args=(paper, ink), name="Thread 1")
thread2 = threading.Thread(target=print_numbers, args=(ink, paper), name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
