"""Wrong: callbacks append what is ready; the event holds back the square of 1 until 3 has begun."""

import multiprocessing


def keep(event):
    global third_has_begun
    third_has_begun = event


def square(n):
    if n == 1:
        third_has_begun.wait()
    if n == 3:
        third_has_begun.set()
    return n * n


if __name__ == "__main__":
    results = []
    event = multiprocessing.Event()
    pool = multiprocessing.Pool(2, initializer=keep, initargs=(event,))
    for n in [1, 2, 3, 4, 5]:
        pool.apply_async(square, (n,), callback=results.append)
    pool.close()
    pool.join()
    print(results)
