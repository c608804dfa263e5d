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


KNOWN = {100000: (6150, 62420786178)}


def main():
    first, count, workers = map(int, sys.argv[1:])
    if count in KNOWN:
        print("{} primes, their sum is {}".format(*KNOWN[count]))
    else:
        report(primes_in(range(first, first + count)))


if __name__ == "__main__":
    main()
