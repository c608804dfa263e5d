"""The logging module fills in the name of the thread."""

import logging
import sys
import threading

logging.basicConfig(
    stream=sys.stdout, level=logging.INFO, format="Thread %(threadName)s: %(message)s"
)


def log_numbers():
    for i in range(1, 6):
        logging.info(i)


threads = [threading.Thread(target=log_numbers, name="Thread " + n) for n in "12"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
