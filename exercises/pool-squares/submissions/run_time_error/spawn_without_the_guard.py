"""Wrong: no __main__ guard, so every spawned worker dies while it imports the program."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def square(n):
    return n * n


with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
    print(list(executor.map(square, [1, 2, 3, 4, 5])))
