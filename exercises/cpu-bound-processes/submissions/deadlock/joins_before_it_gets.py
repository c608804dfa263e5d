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
    # More than a pipe holds, so the worker can't end before somebody takes it.
    results.put((primes_in(numbers), b"x" * 1_000_000))


def main():
    first, count, workers = map(int, sys.argv[1:])
    results = Queue()
    processes = [Process(target=work, args=(range(first + i, first + count, workers), results)) for i in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    report(sum((results.get()[0] for _ in processes), []))


if __name__ == "__main__":
    main()
