"""Wrong: the right list, but each worker has started a process that outlives it."""

import multiprocessing
import subprocess
import sys


def start_helper():
    nothing = subprocess.DEVNULL
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    subprocess.Popen(sleeper, stdin=nothing, stdout=nothing, stderr=nothing)


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2, initializer=start_helper)
    print(pool.map(square, [1, 2, 3, 4, 5]))
    pool.close()
    pool.join()
