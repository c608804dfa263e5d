"""Two processes, each of which gets its share through a pipe and sends the squares back."""

from multiprocessing import Pipe, Process


def work(connection):
    numbers = connection.recv()
    connection.send([n * n for n in numbers])


if __name__ == "__main__":
    workers = []
    for _ in range(2):
        here, there = Pipe()
        process = Process(target=work, args=(there,))
        process.start()
        workers.append((process, here))
    for (_, here), share in zip(workers, ([1, 2, 3], [4, 5])):
        here.send(share)
    results = [n for _, here in workers for n in here.recv()]
    for process, _ in workers:
        process.join()
    print(results)
