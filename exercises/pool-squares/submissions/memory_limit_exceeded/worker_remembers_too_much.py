"""Wrong: each square first piles up 1 GB of intermediate results."""

import multiprocessing


def square(n):
    steps = []
    for step in range(100):
        steps.append(f"step {step}, " * 1_000_000)
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
