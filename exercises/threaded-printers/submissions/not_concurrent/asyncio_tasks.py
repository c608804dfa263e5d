"""Wrong: two asyncio tasks take turns inside one thread."""

import asyncio


async def print_numbers(name):
    for i in range(1, 6):
        print(f"Thread {name}: {i}")
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(print_numbers("Thread 1"), print_numbers("Thread 2"))


asyncio.run(main())
