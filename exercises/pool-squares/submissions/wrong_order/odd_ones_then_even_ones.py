"""Wrong: one process squares the odd numbers, one the even ones, and the lists are strung together."""

from multiprocessing import Pipe, Process


def square_all(connection, numbers):
    connection.send([n * n for n in numbers])


if __name__ == "__main__":
    results = []
    workers = []
    for numbers in ([1, 3, 5], [2, 4]):
        here, there = Pipe()
        worker = Process(target=square_all, args=(there, numbers))
        worker.start()
        workers.append((worker, here))
    for worker, here in workers:
        results += here.recv()
        worker.join()
    print(results)
