"""Wrong: the workers wait for an event that nobody sets, and the main process waits for the workers."""

import multiprocessing


def keep(event):
    global start
    start = event


def square(n):
    start.wait()
    return n * n


if __name__ == "__main__":
    event = multiprocessing.Event()
    pool = multiprocessing.Pool(2, initializer=keep, initargs=(event,))
    result = pool.map_async(square, [1, 2, 3, 4, 5])
    pool.close()
    pool.join()
    print(result.get())
