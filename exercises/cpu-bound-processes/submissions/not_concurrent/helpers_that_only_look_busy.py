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


def look_busy():
    while True:
        pass


def main():
    first, count, workers = map(int, sys.argv[1:])
    helpers = [multiprocessing.Process(target=look_busy, daemon=True) for _ in range(workers)]
    for helper in helpers:
        helper.start()
    primes = primes_in(range(first, first + count))
    for helper in helpers:
        helper.terminate()
        helper.join()
    report(primes)

if __name__ == "__main__":
    main()
