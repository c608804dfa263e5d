"""Wrong: a worker ends when its megabyte is read, and the main process reads when the worker has ended."""

from multiprocessing import Process, Queue


def work(numbers, squares):
    for n in numbers:
        protocol = "adding up...\n" * 100_000
        squares.put((n, n * n, protocol))


if __name__ == "__main__":
    squares = Queue()
    workers = [Process(target=work, args=(share, squares)) for share in ([1, 2, 3], [4, 5])]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    results = sorted(squares.get() for _ in range(5))
    print([result for _, result, _ in results])
