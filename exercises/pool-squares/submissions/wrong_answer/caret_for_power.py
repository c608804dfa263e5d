"""Wrong: in Python ^ is exclusive or; powers are written **."""

import multiprocessing


def square(n):
    return n ^ 2


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
