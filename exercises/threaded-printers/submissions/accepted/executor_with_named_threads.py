"""A ThreadPoolExecutor whose workers take the names; a barrier gives each of them one job."""

import threading
from concurrent.futures import ThreadPoolExecutor

both_are_here = threading.Barrier(2)


def print_numbers(number):
    threading.current_thread().name = f"Thread {number}"
    both_are_here.wait()  # otherwise one quick worker could do both jobs
    for i in range(1, 6):
        print(f"Thread {threading.current_thread().name}: {i}")


with ThreadPoolExecutor(max_workers=2) as executor:
    jobs = [executor.submit(print_numbers, number) for number in (1, 2)]
    for job in jobs:
        job.result()
