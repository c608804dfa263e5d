"""Counts primes one after the other: what submissions are compared with."""

import sys


def is_prime(number):
    if number < 2 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    primes = [number for number in range(first, first + count) if is_prime(number)]
    print(f"{len(primes)} primes, their sum is {sum(primes)}")


if __name__ == "__main__":
    main()
