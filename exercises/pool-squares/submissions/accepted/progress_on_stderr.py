"""The workers say on stderr what they do, and only stdout counts."""

import multiprocessing
import sys


def square(n):
    print(multiprocessing.current_process().name, "squares", n, file=sys.stderr)
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
