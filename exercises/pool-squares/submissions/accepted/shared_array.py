"""Two processes write their squares into an array in shared memory."""

from multiprocessing import Array, Process


def fill(squares, places):
    for i in places:
        squares[i] = (i + 1) ** 2


if __name__ == "__main__":
    squares = Array("i", 5)
    workers = [
        Process(target=fill, args=(squares, range(0, 3))),
        Process(target=fill, args=(squares, range(3, 5))),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(list(squares))
