"""Wrong: the right list, but a subprocess that nobody waits for runs on for a minute."""

import multiprocessing
import subprocess
import sys


def square(n):
    return n * n


if __name__ == "__main__":
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
