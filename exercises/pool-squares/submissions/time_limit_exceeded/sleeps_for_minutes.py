"""Wrong: every square takes ten minutes of sleep."""

import multiprocessing
import time


def square(n):
    time.sleep(600)
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
