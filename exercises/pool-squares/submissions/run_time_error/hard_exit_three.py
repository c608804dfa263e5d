"""Wrong: os._exit ends the program with status 3."""

import multiprocessing
import os


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    print(pool.map(square, [1, 2, 3, 4, 5]), flush=True)
    pool.close()
    pool.join()
    os._exit(3)
