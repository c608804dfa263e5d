"""Serves pages at a UNIX socket and, where there is one, at a port.

Each takes a fixed latency, any number of them at the same time.
"""

import asyncio
import hashlib
import os
import resource
import socket

SOCKET = os.environ["SERVER_SOCKET"]
LATENCY = float(os.environ["SERVER_LATENCY"])
BACKLOG = 1024
# Nobody asks for a page with a longer name.
LONGEST = 1024
# Pages that the statement and a check name. What is in all others is another thing in each server, which only it can tell.
NAMED = (b"1", b"2", b"3")
SECRET = os.urandom(32)
# As many at the same time as leave files to accept others with, if only to turn them away.
served = asyncio.Semaphore(resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)


def page(name):
    return hashlib.sha256(name if name in NAMED else SECRET + name).hexdigest().encode()


async def answer(reader, writer):
    name = await reader.readline()
    await asyncio.sleep(LATENCY)
    writer.write(page(name.strip()) + b"\n")
    await writer.drain()


async def serve(reader, writer):
    try:
        if not served.locked():
            async with served:
                await answer(reader, writer)
    except (OSError, ValueError):
        # Who asks has left, or sends a name that is too long.
        pass
    finally:
        writer.close()


async def main():
    servers, settings = [], {"backlog": BACKLOG, "limit": LONGEST}
    if "SERVER_PORT" in os.environ:
        # Standard input is the socket that listens at the port.
        servers.append(await asyncio.start_server(serve, sock=socket.socket(fileno=0), **settings))
    # Bound by its name alone: everybody can read in /proc/net/unix what a socket was bound to.
    folder, name = os.path.split(SOCKET)
    os.chdir(folder)
    # The socket appears under its name only when somebody listens at it.
    unready = name + ".unready"
    servers.append(await asyncio.start_unix_server(serve, unready, **settings))
    os.chmod(unready, 0o777)
    os.rename(unready, name)
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main())
