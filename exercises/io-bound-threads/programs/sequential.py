"""Fetches pages one after the other: what submissions are compared with."""

import sys

from pages import fetch


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for number in range(first, first + count):
        print(f"{number}: {fetch(number)}")


if __name__ == "__main__":
    main()
