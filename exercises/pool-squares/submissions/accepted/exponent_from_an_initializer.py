"""An initializer gives every worker the exponent."""

import multiprocessing


def remember(value):
    global exponent
    exponent = value


def power(n):
    return n**exponent


if __name__ == "__main__":
    with multiprocessing.Pool(2, initializer=remember, initargs=(2,)) as pool:
        print(pool.map(power, [1, 2, 3, 4, 5]))
