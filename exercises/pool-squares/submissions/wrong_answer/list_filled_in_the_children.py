"""Wrong: each process appends to its own copy of the list; the one that is printed stays empty."""

from multiprocessing import Process

results = []


def square(numbers):
    for n in numbers:
        results.append(n * n)


if __name__ == "__main__":
    first = Process(target=square, args=([1, 2, 3],))
    second = Process(target=square, args=([4, 5],))
    first.start()
    second.start()
    first.join()
    second.join()
    print(results)
