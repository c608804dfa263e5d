"""The with statement takes care of the pool."""

from multiprocessing import Pool


def square(n):
    return n**2


def main():
    with Pool(2) as pool:
        print(pool.map(square, range(1, 6)))


if __name__ == "__main__":
    main()
