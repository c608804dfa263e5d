import queue
import threading


class Printing(queue.Queue):
    """The queue calls these two with its lock held."""

    def _put(self, item):
        super()._put(item)
        print(f"put {item} by {threading.current_thread().name}")

    def _get(self):
        item = super()._get()
        print(f"got {item} by {threading.current_thread().name}")
        return item


buffer = Printing(3)
put, take = buffer.put, buffer.get


def produce(first):
    for item in range(first, first + 5):
        put(item)


def consume():
    for _ in range(5):
        take()


threads = [
    threading.Thread(target=produce, args=(1,), name="producer 1"),
    threading.Thread(target=produce, args=(6,), name="producer 2"),
    threading.Thread(target=consume, name="consumer 1"),
    threading.Thread(target=consume, name="consumer 2"),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
