"""Daemon threads, but the main thread waits for both of them."""

import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


threads = []
for number in range(2):
    thread = threading.Thread(target=print_numbers, name=f"Thread {number + 1}", daemon=True)
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
