"""Every line is one write to file descriptor 1, past Python's own buffer."""

import os
import threading


def write_numbers():
    for i in range(1, 6):
        line = f"Thread {threading.current_thread().name}: {i}\n"
        os.write(1, line.encode())


threads = [threading.Thread(target=write_numbers, name=name) for name in ("Thread 1", "Thread 2")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
