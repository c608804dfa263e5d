"""Workers that are spawned, each a fresh interpreter."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
