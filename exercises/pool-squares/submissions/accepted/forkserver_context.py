"""Workers that a fork server makes."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    multiprocessing.set_start_method("forkserver")
    pool = multiprocessing.Pool(processes=2)
    print(pool.map(square, [1, 2, 3, 4, 5]))
    pool.close()
    pool.join()
