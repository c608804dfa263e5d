"""The callback of map_async receives the whole list, in order."""

import multiprocessing

squares = []


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    pool.map_async(square, [1, 2, 3, 4, 5], callback=squares.extend)
    pool.close()
    pool.join()
    print(squares)
