"""Wrong: Thread 2 reads address 0 after its lines, and the whole process crashes."""

import ctypes
import threading

everything_is_printed = threading.Barrier(2)


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}", flush=True)
    everything_is_printed.wait()
    if threading.current_thread().name == "Thread 2":
        ctypes.string_at(0)


thread1 = threading.Thread(target=print_numbers, name="Thread 1")
thread2 = threading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
