"""Wrong: a ThreadPool looks like a Pool, and has threads for workers."""

from multiprocessing.pool import ThreadPool


def square(n):
    return n * n


if __name__ == "__main__":
    with ThreadPool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
