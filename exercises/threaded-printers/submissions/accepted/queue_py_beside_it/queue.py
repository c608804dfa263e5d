"""Last week's lesson: a queue made of a list."""

waiting = []


def put(person):
    waiting.append(person)


def get():
    return waiting.pop(0)


put("first in line")
put("second in line")
print(get())
