"""Two threads count to five, side by side. README.md says what to print."""

import threading


def print_numbers():
    # Replace the next line: print "Thread <name>: <i>" for every i from 1 to 5.
    # threading.current_thread().name is the name of the thread that is running.
    pass


# Below, make two threads that run print_numbers, name them "Thread 1" and
# "Thread 2", and start them both.
