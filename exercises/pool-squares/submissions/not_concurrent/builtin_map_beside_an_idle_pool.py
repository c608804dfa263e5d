"""Wrong: map and not pool.map, so the main process works and the two workers of the pool do nothing."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    results = list(map(square, [1, 2, 3, 4, 5]))
    pool.close()
    pool.join()
    print(results)
