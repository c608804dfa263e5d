import sys
import urllib.request


def main():
    first, count, workers = map(int, sys.argv[1:])
    for number in range(first, first + count):
        print(f"{number}: {urllib.request.urlopen(f'http://127.0.0.1:8000/{number}').read().decode()}")


if __name__ == "__main__":
    main()
