import sys
import threading
import time

from pages import fetch


def get(number, pages):
    pages[number] = fetch(number)


def main():
    first, count, workers = map(int, sys.argv[1:])
    pages = {}
    for number in range(first, first + count):
        threading.Thread(target=get, args=(number, pages)).start()
    time.sleep(2)
    for number in sorted(pages):
        print(f"{number}: {pages[number]}")


if __name__ == "__main__":
    main()
