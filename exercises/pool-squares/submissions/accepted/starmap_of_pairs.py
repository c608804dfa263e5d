"""starmap multiplies every number by itself."""

import operator
from multiprocessing import Pool

if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]
    with Pool(processes=2) as pool:
        results = pool.starmap(operator.mul, zip(numbers, numbers))
    print(results)
