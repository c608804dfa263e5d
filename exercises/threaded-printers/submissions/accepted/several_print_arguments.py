"""print gets several arguments, and so writes every line in six pieces."""

import threading


def print_numbers():
    name = threading.current_thread().name
    for i in range(1, 6):
        print("Thread", name + ":", i)


one = threading.Thread(target=print_numbers, name="Thread 1")
two = threading.Thread(target=print_numbers, name="Thread 2")
one.start()
two.start()
