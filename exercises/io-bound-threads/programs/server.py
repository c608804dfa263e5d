"""Serves pages over a UNIX socket, each after a fixed latency, any number of them at the same time."""

import asyncio
import hashlib
import os

SOCKET = os.environ["SERVER_SOCKET"]
LATENCY = float(os.environ["SERVER_LATENCY"])


def page(name):
    return hashlib.sha256(name).hexdigest().encode()


async def serve(reader, writer):
    try:
        name = await reader.readline()
        await asyncio.sleep(LATENCY)
        writer.write(page(name.strip()) + b"\n")
        await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main():
    # The socket appears under its name only when somebody listens at it.
    unready = SOCKET + ".unready"
    server = await asyncio.start_unix_server(serve, unready, backlog=1024)
    os.chmod(unready, 0o777)
    os.rename(unready, SOCKET)
    await server.serve_forever()


asyncio.run(main())
