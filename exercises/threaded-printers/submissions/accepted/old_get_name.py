"""currentThread and getName, as in old tutorials: they warn on stderr from Python 3.10 on, and work."""

import threading


def print_numbers():
    for i in range(1, 6):
        print("Thread %s: %d" % (threading.currentThread().getName(), i))


thread1 = threading.Thread(target=print_numbers)
thread2 = threading.Thread(target=print_numbers)
thread1.setName("Thread 1")
thread2.setName("Thread 2")
thread1.start()
thread2.start()
thread1.join()
thread2.join()
