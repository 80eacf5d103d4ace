"""The line between a browser and the server, which a test can cut: a small TCP proxy."""

from __future__ import annotations

import contextlib
import socket
import threading


class Line:
    """Forwards every connection to a server on this machine while it is `up`.

    Attributes:
        up: Whether connections get through; when it is cut, open ones break.
        swallow: Requests get through, their answers do not.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.up, self.swallow = True, False
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break what is open and let nothing through."""
        self.up = False
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let everything through again."""
        self.up, self.swallow = True, False

    def close(self) -> None:
        """Stop for good."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            if not self.up:
                browser.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                browser.close()
                continue
            self._open |= {browser, server}
            threading.Thread(target=self._pump, args=(browser, server, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, browser, True), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if answers and self.swallow:
                    break
                sink.sendall(piece)
        for end in (source, sink):
            self._open.discard(end)
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
