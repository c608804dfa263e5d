"""Wrong: target=work(...) calls it at once, in the main process; the two processes do nothing."""

from multiprocessing import Process

squares = []


def work(numbers):
    for n in numbers:
        squares.append(n * n)


if __name__ == "__main__":
    first = Process(target=work([1, 2, 3]))
    second = Process(target=work([4, 5]))
    first.start()
    second.start()
    first.join()
    second.join()
    print(squares)
