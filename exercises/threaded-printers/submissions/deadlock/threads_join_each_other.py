"""Wrong: each thread waits for the other one to end before it prints."""

import threading

both_run = threading.Barrier(2)


def print_numbers(number):
    both_run.wait()
    threads[1 - number].join()
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


threads = [
    threading.Thread(target=print_numbers, args=(n,), name=f"Thread {n + 1}") for n in range(2)
]
for thread in threads:
    thread.start()
