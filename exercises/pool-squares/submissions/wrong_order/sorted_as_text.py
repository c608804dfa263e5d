"""Wrong: sorted as text, 16 and 25 come before 4."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(sorted(pool.imap_unordered(square, [1, 2, 3, 4, 5]), key=str))
