"""Two children by os.fork; each writes its squares into a pipe of its own."""

import os


def start_worker(numbers):
    reading, writing = os.pipe()
    if os.fork() == 0:
        text = " ".join(str(n * n) for n in numbers)
        os.write(writing, text.encode())
        os._exit(0)
    os.close(writing)
    return reading


pipes = [start_worker([1, 2, 3]), start_worker([4, 5])]
results = []
for pipe in pipes:
    results += [int(word) for word in os.read(pipe, 1000).split()]
for _ in pipes:
    os.wait()
print(results)
