import multiprocessing
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
    if workers == 1:
        return report(primes_in(range(first, first + count)))
    pieces = [range(start, min(start + 5, first + count)) for start in range(first, first + count, 5)]
    with multiprocessing.Pool(workers) as pool:
        report(sum(pool.imap(primes_in, pieces, chunksize=1), []))


if __name__ == "__main__":
    main()
