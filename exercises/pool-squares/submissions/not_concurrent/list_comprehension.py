"""Wrong: a list comprehension in the main process, no workers at all."""


def square(n):
    return n * n


if __name__ == "__main__":
    print([square(n) for n in [1, 2, 3, 4, 5]])
