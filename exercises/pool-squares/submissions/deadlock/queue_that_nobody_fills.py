"""Wrong: the second worker takes its numbers from a queue that nobody fills."""

from multiprocessing import Process, Queue


def work(numbers, squares):
    for n in iter(numbers.get, None):
        squares.put((n, n * n))


if __name__ == "__main__":
    first, second, squares = Queue(), Queue(), Queue()
    workers = [Process(target=work, args=(queue, squares)) for queue in (first, second)]
    for worker in workers:
        worker.start()
    for n in [1, 2, 3, 4, 5, None]:
        first.put(n)
    for worker in workers:
        worker.join()
    print([square for _, square in sorted(squares.get() for _ in range(5))])
