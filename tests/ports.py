"""The one place where tests take a port for a server that they start themselves."""

from __future__ import annotations

import socket


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port of loopback that nobody listens on, kept free for about a minute.

    A port that is only looked up and let go may be given to any other process before our server
    takes it. So one connection is opened to it and closed from the server's side: the kernel then
    holds the port back (TIME_WAIT), and gives it only to who asks for this very number with
    SO_REUSEADDR, as every server does.
    """
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, 0))
        server.listen(1)
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            accepted.close()
            client.recv(1)
        return int(server.getsockname()[1])
