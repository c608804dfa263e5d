"""Wrong: the executor has one worker process."""

from concurrent.futures import ProcessPoolExecutor


def square(n):
    return n * n


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        print(list(executor.map(square, [1, 2, 3, 4, 5])))
