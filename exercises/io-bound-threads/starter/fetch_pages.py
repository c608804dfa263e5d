"""Fetches pages with several threads: see README.md."""

import sys
import threading

from pages import fetch


def main():
    first, count, workers = map(int, sys.argv[1:])
    # Let so many threads fetch the pages first to first + count - 1, and print each as f"{number}: {text}".


if __name__ == "__main__":
    main()
