"""Pool.map, then close and join, then one print."""

import multiprocessing


def calculate_square(number):
    return number * number


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]
    pool = multiprocessing.Pool(processes=2)
    results = pool.map(calculate_square, numbers)
    pool.close()
    pool.join()
    print(results)
