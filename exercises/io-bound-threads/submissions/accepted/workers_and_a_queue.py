import queue
import sys
import threading

from pages import fetch


def work(numbers, results):
    while True:
        try:
            number = numbers.get_nowait()
        except queue.Empty:
            return
        results.put((number, fetch(number)))


def main():
    first, count, workers = map(int, sys.argv[1:])
    numbers, results = queue.Queue(), queue.Queue()
    for number in range(first, first + count):
        numbers.put(number)
    threads = [threading.Thread(target=work, args=(numbers, results)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while not results.empty():
        number, text = results.get()
        print(f"{number}: {text}")


if __name__ == "__main__":
    main()
