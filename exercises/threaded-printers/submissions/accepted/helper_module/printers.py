"""The function lives in a second file beside this one."""

from threading import Thread

from counting import print_numbers

threads = [Thread(target=print_numbers, args=(5,), name=f"Thread {n}") for n in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
