"""Wrong: the list holds texts, and prints with quotation marks."""

import multiprocessing


def square(n):
    return str(n * n)


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
