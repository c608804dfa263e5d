"""Wrong: squaring 3 raises a ValueError in the worker, and map raises it again in the main process."""

import multiprocessing


def square(n):
    if n == 3:
        raise ValueError("three is not implemented yet")
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
