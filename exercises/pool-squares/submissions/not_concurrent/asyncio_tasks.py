"""Wrong: asyncio tasks take turns inside one thread of one process."""

import asyncio


async def square(n):
    await asyncio.sleep(0)
    return n * n


async def main():
    print(list(await asyncio.gather(*[square(n) for n in [1, 2, 3, 4, 5]])))


if __name__ == "__main__":
    asyncio.run(main())
