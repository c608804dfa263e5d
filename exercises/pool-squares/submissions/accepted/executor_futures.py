"""concurrent.futures with submit, and the results in order."""

import time
from concurrent.futures import ProcessPoolExecutor


def square(n):
    time.sleep(0.1)
    return n * n


def main():
    numbers = [1, 2, 3, 4, 5]
    with ProcessPoolExecutor(max_workers=2) as executor:
        futures = [executor.submit(square, n) for n in numbers]
    print([future.result() for future in futures])


if __name__ == "__main__":
    main()
