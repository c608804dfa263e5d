"""Five squares from two worker processes. README.md says what to print."""

import multiprocessing


def calculate_square(number):
    # Replace the next line: return the square of number.
    return None


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]
    # Below, let a Pool of two processes map calculate_square over numbers,
    # and print the list of results.
