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
    parts = [range(first + i, first + count, workers) for i in range(workers)]
    processes = [multiprocessing.Process(target=lambda part=part: report(primes_in(part))) for part in parts]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
