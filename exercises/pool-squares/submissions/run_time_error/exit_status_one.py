"""Wrong: the right list, and then exit status 1."""

import multiprocessing
import sys


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
    sys.exit(1)
