"""Wrong: every process is joined before the next one is started."""

from multiprocessing import Process, Queue


def square(n, results):
    results.put(n * n)


if __name__ == "__main__":
    squares = []
    results = Queue()
    for n in [1, 2, 3, 4, 5]:
        process = Process(target=square, args=(n, results))
        process.start()
        squares.append(results.get())
        process.join()
    print(squares)
