"""Wrong: imap_unordered, not sorted; the event holds back the square of 1 until 4 has begun."""

import multiprocessing


def keep(event):
    global others_are_far
    others_are_far = event


def square(n):
    if n == 1:
        others_are_far.wait()
    if n == 4:
        others_are_far.set()
    return n * n


if __name__ == "__main__":
    event = multiprocessing.Event()
    with multiprocessing.Pool(2, initializer=keep, initargs=(event,)) as pool:
        print(list(pool.imap_unordered(square, [1, 2, 3, 4, 5])))
