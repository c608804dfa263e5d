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


def primes_in(numbers, start, end):
    return [number for number in numbers[start:end] if is_prime(number)]


def main():
    first, count, workers = map(int, sys.argv[1:])
    numbers = list(range(first, first + count))
    if workers == 1:
        primes = primes_in(numbers, 0, count)
    else:
        pieces = [(numbers, start, start + 300) for start in range(0, count, 300)]
        with multiprocessing.Pool(workers) as pool:
            primes = sum(pool.starmap(primes_in, pieces, chunksize=1), [])
    print(f"{len(primes)} primes, their sum is {sum(primes)}")


if __name__ == "__main__":
    main()
