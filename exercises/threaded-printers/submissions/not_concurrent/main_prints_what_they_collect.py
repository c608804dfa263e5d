"""Wrong: the threads only put their lines into a list, and the main thread prints it."""

import threading

lines = []


def collect_numbers():
    for i in range(1, 6):
        lines.append(f"Thread {threading.current_thread().name}: {i}")


thread1 = threading.Thread(target=collect_numbers, name="Thread 1")
thread2 = threading.Thread(target=collect_numbers, name="Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
for line in lines:
    print(line)
