"""Five apply_async, whose results are asked for in order."""

import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        jobs = [pool.apply_async(square, (n,)) for n in (1, 2, 3, 4, 5)]
        print([job.get() for job in jobs])
