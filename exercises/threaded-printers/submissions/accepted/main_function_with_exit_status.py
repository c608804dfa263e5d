"""A main function, with sys.exit(0) at the end."""

import sys
import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


def main():
    threads = [
        threading.Thread(target=print_numbers, name="Thread 1"),
        threading.Thread(target=print_numbers, name="Thread 2"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
