import sys
import threading

from pages import fetch


lock = threading.Lock()


def show(number):
    with lock:
        print(f"{number}: {fetch(number)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    threads = [threading.Thread(target=show, args=(number,)) for number in range(first, first + count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
