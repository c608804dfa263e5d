"""imap yields the results in the order of the numbers."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    squares = []
    with multiprocessing.Pool(processes=2) as pool:
        for result in pool.imap(square, [1, 2, 3, 4, 5]):
            squares.append(result)
    print(squares)
