"""Wrong: each worker holds one lock and waits for the other's; the barrier makes that certain."""

from multiprocessing import Array, Barrier, Lock, Process


def fill(squares, places, first, second, both_hold_one):
    with first:
        both_hold_one.wait()
        with second:
            for i in places:
                squares[i] = (i + 1) ** 2


if __name__ == "__main__":
    squares = Array("i", 5)
    a, b, barrier = Lock(), Lock(), Barrier(2)
    workers = [
        Process(target=fill, args=(squares, range(0, 3), a, b, barrier)),
        Process(target=fill, args=(squares, range(3, 5), b, a, barrier)),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(list(squares))
