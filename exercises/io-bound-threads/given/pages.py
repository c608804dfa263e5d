"""Fetches pages from a slow server. Do not change this file: your program gets this one, whatever you hand in."""

import os
import socket


def connect():
    port = os.environ.get("SERVER_PORT")
    if port is not None:
        return socket.create_connection(("127.0.0.1", int(port)))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(os.environ["SERVER_SOCKET"])
    return connection


def fetch(name):
    """Returns the text of a page; the server takes its time over each."""
    with connect() as connection:
        connection.sendall(f"{name}\n".encode())
        with connection.makefile(encoding="ascii") as answer:
            return answer.readline().strip()
