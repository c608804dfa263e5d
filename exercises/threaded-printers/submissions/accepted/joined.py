"""Both threads are started before either is joined."""

import threading


def print_numbers():
    name = threading.current_thread().name
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


if __name__ == "__main__":
    threads = [threading.Thread(target=print_numbers, name=f"Thread {n}") for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
