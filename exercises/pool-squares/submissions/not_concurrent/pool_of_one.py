"""Wrong: the pool has one worker."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=1) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
