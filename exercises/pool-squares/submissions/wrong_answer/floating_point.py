"""Wrong: math.pow gives floating-point numbers, 1.0 and not 1."""

import math
import multiprocessing


def square(n):
    return math.pow(n, 2)


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
