"""Every square takes its time, a different one in each run."""

import multiprocessing
import random
import time


def square(n):
    time.sleep(random.random() / 20)
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
