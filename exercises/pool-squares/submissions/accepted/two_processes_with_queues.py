"""Two processes take numbers from one queue and put squares into another."""

from multiprocessing import Process, Queue


def work(numbers, squares):
    for n in iter(numbers.get, None):
        squares.put((n, n * n))


if __name__ == "__main__":
    numbers, squares = Queue(), Queue()
    workers = [Process(target=work, args=(numbers, squares)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for n in [1, 2, 3, 4, 5, None, None]:
        numbers.put(n)
    found = dict(squares.get() for _ in range(5))
    for worker in workers:
        worker.join()
    print([found[n] for n in (1, 2, 3, 4, 5)])
