"""Wrong: the workers are forked while a lock is held, and their copies of it are never released."""

import multiprocessing
import threading

lock = threading.Lock()


def square(n):
    with lock:
        return n * n


if __name__ == "__main__":
    with lock:
        pool = multiprocessing.get_context("fork").Pool(processes=2)
    print(pool.map(square, [1, 2, 3, 4, 5]))
