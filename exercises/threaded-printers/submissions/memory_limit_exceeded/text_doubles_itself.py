"""Wrong: Thread 2 doubles a text until it is 1 GiB long."""

import threading


def print_numbers():
    name = threading.current_thread().name
    text = name
    while name == "Thread 2" and len(text) < 2**30:
        text = text + text
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
