"""Wrong: sys.exit ends the worker together with its answer, for which map waits for ever."""

import multiprocessing
import sys


def square(n):
    sys.exit(n * n)


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
