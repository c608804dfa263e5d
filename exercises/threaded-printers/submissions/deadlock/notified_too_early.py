"""Wrong: the one notify_all comes before the threads wait, and a condition remembers nothing."""

import threading

condition = threading.Condition()


def print_numbers():
    with condition:
        condition.wait()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


with condition:
    condition.notify_all()
thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
