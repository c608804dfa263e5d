"""Wrong: an ImportError, multiprocessing has no ProcessPool."""

from multiprocessing import ProcessPool


def square(n):
    return n * n


if __name__ == "__main__":
    with ProcessPool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
