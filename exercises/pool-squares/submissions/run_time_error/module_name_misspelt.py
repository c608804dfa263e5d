"""Wrong: there is no module called multiprocesing."""

import multiprocesing


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocesing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
