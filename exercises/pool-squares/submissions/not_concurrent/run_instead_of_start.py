"""Wrong: run() is an ordinary call, so the main process does the work of both."""

from multiprocessing import Process

squares = []


def work(numbers):
    for n in numbers:
        squares.append(n * n)


if __name__ == "__main__":
    first = Process(target=work, args=([1, 2, 3],))
    second = Process(target=work, args=([4, 5],))
    first.run()
    second.run()
    print(squares)
