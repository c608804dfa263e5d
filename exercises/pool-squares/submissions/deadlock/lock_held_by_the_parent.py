"""Wrong: the main process waits for the workers with the lock in hand that they need."""

import multiprocessing


def keep(shared_lock):
    global lock
    lock = shared_lock


def square(n):
    with lock:
        return n * n


if __name__ == "__main__":
    printing = multiprocessing.Lock()
    with multiprocessing.Pool(2, initializer=keep, initargs=(printing,)) as pool:
        with printing:
            print(pool.map(square, [1, 2, 3, 4, 5]))
