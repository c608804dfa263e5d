"""Wrong: the workers put five squares into the queue, and the main process waits for a sixth."""

from multiprocessing import Process, Queue


def work(numbers, squares):
    for n in numbers:
        squares.put(n * n)


if __name__ == "__main__":
    squares = Queue()
    workers = [Process(target=work, args=(share, squares)) for share in ([1, 2, 3], [4, 5])]
    for worker in workers:
        worker.start()
    results = [squares.get() for _ in range(6)]
    for worker in workers:
        worker.join()
    print(sorted(results))
