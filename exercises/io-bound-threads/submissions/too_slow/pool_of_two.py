from concurrent.futures import ThreadPoolExecutor
import sys

from pages import fetch


def show(number):
    print(f"{number}: {fetch(number)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    with ThreadPoolExecutor(2) as executor:
        list(executor.map(show, range(first, first + count)))


if __name__ == "__main__":
    main()
