"""The callback keeps the results; the main program sleeps and hopes that they have come."""

import multiprocessing
import time


def square(n):
    return n * n


if __name__ == "__main__":
    results = []
    pool = multiprocessing.Pool(processes=2)
    pool.map_async(square, [1, 2, 3, 4, 5], callback=results.extend)
    time.sleep(1)
    print(results)
    pool.terminate()
    pool.join()
