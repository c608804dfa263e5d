"""Wrong: counting by twos jumps over every odd square and goes on for ever."""

import multiprocessing


def square(n):
    result = 0
    while result != n * n:
        result += 2
    return result


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
