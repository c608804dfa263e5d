"""Wrong: the pool is used after the with block has taken it down."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        numbers = [1, 2, 3, 4, 5]
    print(pool.map(square, numbers))
