"""Wrong: join without close before it, which is a ValueError."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    print(pool.map(square, [1, 2, 3, 4, 5]))
    pool.join()
