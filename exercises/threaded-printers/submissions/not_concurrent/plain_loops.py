"""Wrong: there is no thread but the main one."""


def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")


print_numbers("Thread 1")
print_numbers("Thread 2")
