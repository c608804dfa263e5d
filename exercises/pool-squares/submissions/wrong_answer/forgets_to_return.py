"""Wrong: the function calculates the square and returns nothing, so the list holds None."""

import multiprocessing


def square(n):
    n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
