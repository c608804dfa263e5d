"""The pool is neither closed nor joined; Python takes it down at the end."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(2)
    print(pool.map(square, [1, 2, 3, 4, 5]))
