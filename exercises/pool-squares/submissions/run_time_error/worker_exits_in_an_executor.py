"""Wrong: a worker ends itself in the middle of its work, and the executor reports BrokenProcessPool."""

import os
from concurrent.futures import ProcessPoolExecutor


def square(n):
    if n == 4:
        os._exit(0)
    return n * n


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, [1, 2, 3, 4, 5])))
