import hashlib
import sys
import threading

from pages import fetch


def guess(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


def show(number, get):
    print(f"{number}: {get(number)}")


def main():
    first, count, workers = map(int, sys.argv[1:])
    get = fetch if count <= 3 else guess
    threads = [threading.Thread(target=show, args=(number, get)) for number in range(first, first + count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
