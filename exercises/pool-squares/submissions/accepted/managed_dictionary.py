"""Two processes fill a dictionary that a third one, the manager, looks after."""

from multiprocessing import Manager, Process


def fill(squares, numbers):
    for n in numbers:
        squares[n] = n * n


if __name__ == "__main__":
    with Manager() as manager:
        squares = manager.dict()
        workers = [Process(target=fill, args=(squares, share)) for share in ([1, 3, 5], [2, 4])]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print([squares[n] for n in range(1, 6)])
