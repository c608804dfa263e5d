from concurrent.futures import ThreadPoolExecutor
import sys

from pages import fetch


def main():
    first, count, workers = map(int, sys.argv[1:])
    numbers = range(first, first + count)
    with ThreadPoolExecutor(workers) as executor:
        for number, text in zip(numbers, executor.map(fetch, numbers)):
            print(f"{number}: {text}")


if __name__ == "__main__":
    main()
