"""Wrong: one number per line, and not the list."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        for result in pool.map(square, [1, 2, 3, 4, 5]):
            print(result)
