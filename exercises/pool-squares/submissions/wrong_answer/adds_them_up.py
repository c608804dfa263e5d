"""Wrong: prints the sum of the squares."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(sum(pool.map(square, [1, 2, 3, 4, 5])))
