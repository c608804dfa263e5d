"""Wrong: one worker prints for ever how far it has counted."""

import multiprocessing


def square(n):
    steps = 0
    while n == 3:
        steps += 1
        print("step", steps)
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
