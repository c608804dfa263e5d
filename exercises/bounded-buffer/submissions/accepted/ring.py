import threading


class Buffer:
    def __init__(self, places):
        self.places = [None] * places
        self.first = self.count = 0
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while self.count == len(self.places):
                self.changed.wait()
            self.places[(self.first + self.count) % len(self.places)] = item
            self.count += 1
            print(f"put {item} by {threading.current_thread().name}")
            self.changed.notify_all()

    def take(self):
        with self.changed:
            while self.count == 0:
                self.changed.wait()
            item = self.places[self.first]
            self.first = (self.first + 1) % len(self.places)
            self.count -= 1
            print(f"got {item} by {threading.current_thread().name}")
            self.changed.notify_all()


buffer = Buffer(3)
put, take = buffer.put, buffer.take


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
