"""Wrong: the right list, and then a table of 200,000 squares, about 3 MB; then the program ends."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
        for result in pool.map(square, range(200_000)):
            print("a square:", result)
