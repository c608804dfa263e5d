"""Wrong: the barrier waits for three workers, and there are two."""

import multiprocessing


def wait_for_all(barrier):
    barrier.wait()


def square(n):
    return n * n


if __name__ == "__main__":
    start_line = multiprocessing.Barrier(3)
    with multiprocessing.Pool(2, initializer=wait_for_all, initargs=(start_line,)) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
