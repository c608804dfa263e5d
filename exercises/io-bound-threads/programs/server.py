"""Serves pages at a UNIX socket and, where there is one, at a port.

Each takes a fixed latency, any number of them at the same time.
"""

import asyncio
import hashlib
import os
import socket

SOCKET = os.environ["SERVER_SOCKET"]
LATENCY = float(os.environ["SERVER_LATENCY"])
BACKLOG = 1024


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
    servers = []
    if "SERVER_PORT" in os.environ:
        # Standard input is the socket that listens at the port.
        servers.append(await asyncio.start_server(serve, sock=socket.socket(fileno=0), backlog=BACKLOG))
    # The socket appears under its name only when somebody listens at it.
    unready = SOCKET + ".unready"
    servers.append(await asyncio.start_unix_server(serve, unready, backlog=BACKLOG))
    os.chmod(unready, 0o777)
    os.rename(unready, SOCKET)
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main())
