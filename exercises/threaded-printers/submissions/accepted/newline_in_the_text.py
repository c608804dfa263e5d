"""The newline is part of the text, so that each line is written in one go."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}\n", end="")


one = threading.Thread(target=print_numbers, name="Thread 1")
two = threading.Thread(target=print_numbers, name="Thread 2")
one.start()
two.start()
one.join()
two.join()
