"""The function that the workers run lives in a second file beside this one."""

from multiprocessing import Pool

from arithmetic import NUMBERS, square

if __name__ == "__main__":
    with Pool(processes=2) as pool:
        print(pool.map(square, NUMBERS))
