"""The loop is the run method of a Thread subclass."""

from threading import Thread


class Printer(Thread):
    def __init__(self, number):
        super().__init__(name=f"Thread {number}")

    def run(self):
        for i in range(1, 6):
            print(f"Thread {self.name}: {i}")


printers = [Printer(1), Printer(2)]
for printer in printers:
    printer.start()
for printer in printers:
    printer.join()
