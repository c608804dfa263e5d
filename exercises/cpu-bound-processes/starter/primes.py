"""Counts primes with several worker processes: see README.md."""

import multiprocessing
import sys


def is_prime(number):
    """Keep this function as it is: what is measured is how you share out the work."""
    if number < 2 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def main():
    first, count, workers = map(int, sys.argv[1:])
    primes = []
    # Let a pool of so many workers find the primes from first to first + count - 1.

    print(f"{len(primes)} primes, their sum is {sum(primes)}")


if __name__ == "__main__":
    main()
