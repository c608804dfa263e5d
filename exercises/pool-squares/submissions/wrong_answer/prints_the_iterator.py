"""Wrong: imap gives an iterator, and printing that does not show the numbers."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    print(pool.imap(square, [1, 2, 3, 4, 5]))
    pool.close()
    pool.join()
