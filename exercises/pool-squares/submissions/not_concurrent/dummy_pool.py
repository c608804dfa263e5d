"""Wrong: the Pool of multiprocessing.dummy has threads for workers."""

from multiprocessing.dummy import Pool


def square(n):
    return n * n


if __name__ == "__main__":
    with Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
