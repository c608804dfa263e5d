"""Wrong: the main process makes a list of 30 million numbers, about 1 GB, to take five of them."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    numbers = list(range(30_000_000))
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, numbers[1:6]))
