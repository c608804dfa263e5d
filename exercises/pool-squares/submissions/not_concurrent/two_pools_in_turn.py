"""Wrong: two pools of one worker each, the second opened when the first is gone."""

import multiprocessing


def square(n):
    return n * n


def squares_of(numbers):
    pool = multiprocessing.Pool(processes=1)
    results = pool.map(square, numbers)
    pool.close()
    pool.join()
    return results


if __name__ == "__main__":
    print(squares_of([1, 2, 3]) + squares_of([4, 5]))
