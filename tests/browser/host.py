"""A school's page that embeds the widget: another origin, with whatever style sheet and policy a test gives it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLAIN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A school</title>
<link rel="stylesheet" href="/style.css">{tag}</head>
<body><h1>Our school</h1><p class="panel">News <button class="button">More</button></p></body></html>"""


class Host:
    """Serves one page at `address`.

    Attributes:
        page, style: What is served at `/` and `/style.css`.
        policy: The Content-Security-Policy of the page, if any.
    """

    def __init__(self) -> None:
        self.page, self.style, self.policy = "", "", ""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                style = self.path.startswith("/style.css")
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if style else "text/html; charset=utf-8")
                if host.policy:
                    self.send_header("Content-Security-Policy", host.policy)
                self.end_headers()
                self.wfile.write((host.style if style else host.page).encode())

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def shows(self, server: str, style: str = "", policy: str = "", attributes: str = "") -> None:
        """Serve a page with the script tag of `server`, or without one when that is empty."""
        tag = f'<script src="{server}/v1/widget.js" {attributes} defer></script>' if server else ""
        self.page, self.style, self.policy = PLAIN.format(tag=tag), style, policy

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
