"""Wrong: the child is waited for, but its own child sleeps on, with nothing open and no parent."""

import os
import subprocess
import sys
import threading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


child = os.fork()
if child == 0:
    nothing = subprocess.DEVNULL
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    subprocess.Popen(sleeper, stdin=nothing, stdout=nothing, stderr=nothing)
    os._exit(0)
os.waitpid(child, 0)

thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
