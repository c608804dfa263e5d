"""map_async, and get for the whole list."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    result = pool.map_async(square, [1, 2, 3, 4, 5])
    pool.close()
    pool.join()
    print(result.get())
