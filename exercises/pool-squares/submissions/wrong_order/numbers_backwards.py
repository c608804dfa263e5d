"""Wrong: the numbers go in backwards, and so the squares come out backwards."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [5, 4, 3, 2, 1]))
