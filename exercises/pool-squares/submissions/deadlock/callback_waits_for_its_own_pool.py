"""Wrong: the callback runs in the thread that hands out results, and there waits for a result."""

import multiprocessing


def square(n):
    return n * n


def check(results):
    assert results == pool.map(square, [1, 2, 3, 4, 5])
    print(results)


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    pool.map_async(square, [1, 2, 3, 4, 5], callback=check)
    pool.close()
    pool.join()
