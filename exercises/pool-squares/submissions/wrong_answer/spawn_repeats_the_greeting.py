"""Wrong: the greeting stands outside the guard, so every spawned worker prints it again."""

import multiprocessing

print("Calculating squares ...")


def square(n):
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.get_context("spawn").Pool(processes=2)
    results = pool.map(square, [1, 2, 3, 4, 5])
    pool.close()
    pool.join()
    print(results)
