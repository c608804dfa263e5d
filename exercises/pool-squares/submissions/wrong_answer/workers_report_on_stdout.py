"""Wrong: the workers print as well what they are doing."""

import multiprocessing


def square(n):
    print(f"{multiprocessing.current_process().name} squares {n}")
    return n * n


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    results = pool.map(square, [1, 2, 3, 4, 5])
    pool.close()
    pool.join()
    print(results)
