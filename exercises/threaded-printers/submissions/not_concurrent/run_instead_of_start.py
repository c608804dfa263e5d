"""Wrong: run() is an ordinary call, so the main thread prints everything."""

from threading import Thread


class Printer(Thread):
    def run(self):
        for i in range(1, 6):
            print(f"Thread {self.name}: {i}")


Printer(name="Thread 1").run()
Printer(name="Thread 2").run()
