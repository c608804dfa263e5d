"""Wrong: nobody sets the event the workers wait for, and the main process polls their result for ever."""

import multiprocessing
import time


def keep(event):
    global start
    start = event


def square(n):
    start.wait()
    return n * n


if __name__ == "__main__":
    event = multiprocessing.Event()
    with multiprocessing.Pool(2, initializer=keep, initargs=(event,)) as pool:
        result = pool.map_async(square, [1, 2, 3, 4, 5])
        while not result.ready():
            time.sleep(0.1)
        print(result.get())
