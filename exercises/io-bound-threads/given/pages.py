"""Fetches pages from a slow server. Do not change this file: your program gets this one, whatever you hand in."""

import os
import socket


def fetch(name):
    """Returns the text of a page; the server takes its time over each."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(os.environ["SERVER_SOCKET"])
        connection.sendall(f"{name}\n".encode())
        with connection.makefile(encoding="ascii") as answer:
            return answer.readline().strip()
