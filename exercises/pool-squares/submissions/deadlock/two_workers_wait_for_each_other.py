"""Wrong: over a pipe, each worker first wants to hear from the other before it sends anything."""

from multiprocessing import Pipe, Process


def work(partner, numbers):
    others = partner.recv()
    partner.send([n * n for n in numbers])
    print(sorted(others))


if __name__ == "__main__":
    left, right = Pipe()
    workers = [
        Process(target=work, args=(left, [1, 2, 3])),
        Process(target=work, args=(right, [4, 5])),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
