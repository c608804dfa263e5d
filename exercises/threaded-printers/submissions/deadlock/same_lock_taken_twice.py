"""Wrong: the loop holds the lock, and say() wants it again, which a Lock, unlike an RLock, refuses."""

import threading

lock = threading.Lock()


def say(text):
    with lock:
        print(text)


def print_numbers():
    for i in range(1, 6):
        with lock:
            say(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
