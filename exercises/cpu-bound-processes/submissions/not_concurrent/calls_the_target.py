from multiprocessing import Process, Queue
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


def work(numbers, results):
    results.put(primes_in(numbers))


def main():
    first, count, workers = map(int, sys.argv[1:])
    results = Queue()
    processes = [
        Process(target=work(range(first + count * i // workers, first + count * (i + 1) // workers), results))
        for i in range(workers)
    ]
    for process in processes:
        process.start()
    primes = sum((results.get() for _ in processes), [])
    for process in processes:
        process.join()
    report(primes)

if __name__ == "__main__":
    main()
