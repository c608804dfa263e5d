"""Wrong: there is no module called treading."""

import treading


def print_numbers():
    for i in range(1, 6):
        print(f"Thread {treading.current_thread().name}: {i}")


thread1 = treading.Thread(target=print_numbers, name="Thread 1")
thread2 = treading.Thread(target=print_numbers, name="Thread 2")
thread1.start()
thread2.start()
