"""sys.stdout.write in place of print."""

import sys
import threading


def write_numbers():
    name = threading.current_thread().name
    for i in range(1, 6):
        sys.stdout.write("Thread {}: {}\n".format(name, i))


for number in (1, 2):
    threading.Thread(target=write_numbers, name="Thread %d" % number).start()
