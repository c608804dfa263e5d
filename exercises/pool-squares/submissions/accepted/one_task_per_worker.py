"""Every worker is replaced after one task, so five or more are born, and two are alive at a time."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2, maxtasksperchild=1)
    results = pool.map(square, [1, 2, 3, 4, 5], chunksize=1)
    pool.close()
    pool.join()
    print(results)
