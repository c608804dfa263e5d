"""concurrent.futures with two worker processes; a nap stands in for hard work."""

import time
from concurrent.futures import ProcessPoolExecutor


def square(n):
    time.sleep(0.1)
    return n * n


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, [1, 2, 3, 4, 5])))
