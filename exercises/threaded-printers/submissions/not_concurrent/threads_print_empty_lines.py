"""Wrong: both threads only print an empty line; the main thread prints all ten lines."""

import threading, os
def idle(): os.write(1, b"\n")
def go():
    for n in ("Thread 1","Thread 2"):
        for i in range(1,6): print(f"Thread {n}: {i}")
for n in ("Thread 1","Thread 2"): threading.Thread(target=idle,name=n).start()
go()
