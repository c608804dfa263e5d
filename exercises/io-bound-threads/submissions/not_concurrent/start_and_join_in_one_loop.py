import sys
import threading

from pages import fetch


def show(number):
    print(f"{number}: {fetch(number)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    for number in range(first, first + count):
        thread = threading.Thread(target=show, args=(number,))
        thread.start()
        thread.join()


if __name__ == "__main__":
    main()
