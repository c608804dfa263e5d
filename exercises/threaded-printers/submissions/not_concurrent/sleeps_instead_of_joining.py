"""The main thread sleeps for as long as it thinks that the others need."""

import threading
import time


def count():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


for name in ("Thread 1", "Thread 2"):
    threading.Thread(target=count, name=name).start()
time.sleep(0.5)
