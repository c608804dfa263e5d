"""Numbers, and what to do with them."""

NUMBERS = [1, 2, 3, 4, 5]


def square(n):
    return n * n
