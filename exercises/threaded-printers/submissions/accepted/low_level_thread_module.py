"""The low-level _thread module, as in very old tutorials; a lock for each thread stands in for join."""

import _thread


def print_numbers(name, done):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")
    done.release()


locks = []
for name in ("Thread 1", "Thread 2"):
    done = _thread.allocate_lock()
    done.acquire()
    locks.append(done)
    _thread.start_new_thread(print_numbers, (name, done))
for done in locks:
    done.acquire()
