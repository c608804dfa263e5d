"""Wrong: the right list, but a process that sleeps for ten minutes holds up the end of the program."""

import multiprocessing
import time


def square(n):
    return n * n


if __name__ == "__main__":
    multiprocessing.Process(target=time.sleep, args=(600,)).start()
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
