"""A partial of the built-in pow."""

from functools import partial
from multiprocessing import Pool

square = partial(pow, exp=2)

if __name__ == "__main__":
    with Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
