"""Wrong: the right list, then os._exit, which does not wait for the third process."""

import multiprocessing
import os
import time


def square(n):
    return n * n


if __name__ == "__main__":
    multiprocessing.Process(target=time.sleep, args=(60,)).start()
    pool = multiprocessing.Pool(processes=2)
    print(pool.map(square, [1, 2, 3, 4, 5]), flush=True)
    pool.close()
    pool.join()
    os._exit(0)
