"""Wrong: two threads of one process, not two processes."""

from concurrent.futures import ThreadPoolExecutor


def square(n):
    return n * n


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, [1, 2, 3, 4, 5])))
