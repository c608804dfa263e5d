"""Wrong: each worker may hold its 180 MB, but both hold them at the same time."""

import multiprocessing
import time


def make_table(both_hold_theirs):
    global table
    table = b"x" * 180_000_000
    both_hold_theirs.wait()


def square(n):
    time.sleep(0.3)
    return n * n


if __name__ == "__main__":
    barrier = multiprocessing.Barrier(2)
    with multiprocessing.Pool(2, initializer=make_table, initargs=(barrier,)) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
