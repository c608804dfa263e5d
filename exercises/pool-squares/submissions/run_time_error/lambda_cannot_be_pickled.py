"""Wrong: a lambda cannot be pickled and sent to a worker."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(lambda n: n * n, [1, 2, 3, 4, 5]))
