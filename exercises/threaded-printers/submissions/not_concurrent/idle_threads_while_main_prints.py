"""Wrong: two threads with the right names only wait, and the main thread prints."""

import threading

everything_is_printed = threading.Event()
threads = [
    threading.Thread(target=everything_is_printed.wait, name="Thread 1"),
    threading.Thread(target=everything_is_printed.wait, name="Thread 2"),
]
for thread in threads:
    thread.start()
for i in range(1, 6):
    for thread in threads:
        print(f"Thread {thread.name}: {i}")
everything_is_printed.set()
