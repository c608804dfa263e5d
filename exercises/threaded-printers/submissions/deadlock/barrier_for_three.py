"""Wrong: the barrier waits for three threads, and there are two."""

import threading

start_line = threading.Barrier(3)


def print_numbers():
    start_line.wait()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
