"""imap_unordered in whatever order, sorted before printing."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(sorted(pool.imap_unordered(square, [1, 2, 3, 4, 5])))
