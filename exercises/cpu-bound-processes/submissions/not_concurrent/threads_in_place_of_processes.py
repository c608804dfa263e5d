from concurrent.futures import ThreadPoolExecutor
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


def primes_in(numbers):
    return [number for number in numbers if is_prime(number)]


def report(primes):
    print(f"{len(primes)} primes, their sum is {sum(primes)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    borders = [first + count * i // (4 * workers) for i in range(4 * workers + 1)]
    parts = [range(low, high) for low, high in zip(borders, borders[1:])]
    with ThreadPoolExecutor(workers) as executor:
        report(sum(executor.map(primes_in, parts), []))


if __name__ == "__main__":
    main()
