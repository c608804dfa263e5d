"""Wrong: a worker tries to open a pool of its own, which workers must not."""

import multiprocessing


def multiply(a, b):
    return a * b


def square(n):
    with multiprocessing.Pool(processes=2) as inner:
        return inner.apply(multiply, (n, n))


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
