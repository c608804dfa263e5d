"""Wrong: a label that nobody asked for stands before the list."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print("Squares:", pool.map(square, [1, 2, 3, 4, 5]))
