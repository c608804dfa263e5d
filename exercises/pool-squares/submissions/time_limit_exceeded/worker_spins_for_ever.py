"""Wrong: the loop in the worker has no end, because its counter never moves."""

import multiprocessing


def square(n):
    result = 0
    additions = 0
    while additions < n:
        result += n
    return result


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
