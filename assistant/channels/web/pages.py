"""The pages of the website channel: demo, privacy and accessibility statements, the widget's file, the styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.http import ANY_SITE, KEPT_BY_BROWSERS, WIDGET_PAGE, framed_page
from assistant.channels.web.sending import file_bytes, sent
from assistant.knowledge.organisation import own_words, with_own_numbers

WIDGET = Path(__file__).parents[3] / "widget"
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/privacy": ("privacy.html", "text/html; charset=utf-8"),
    "/accessibility": ("accessibility.html", "text/html; charset=utf-8"),
    "/widget.js": ("dist/widget.js", "text/javascript; charset=utf-8"),
    "/v1/widget.js": ("dist/widget.js", "text/javascript; charset=utf-8"),
    "/questions.js": ("questions.js", "text/javascript; charset=utf-8"),
    "/chat": ("embed.html", "text/html; charset=utf-8"),
    "/embed": ("embed.html", "text/html; charset=utf-8"),
    "/embed.css": ("embed.css", "text/css; charset=utf-8"),
    "/demo.css": ("demo.css", "text/css; charset=utf-8"),
    "/ask.css": ("ask.css", "text/css; charset=utf-8"),
}


def add_pages(routes: Blueprint, origins: Iterable[str]) -> None:
    """Add the files that are served as they are to the channel's routes; `/embed` may be framed by the sites of `origins`."""
    framed, words = framed_page(origins), own_words()
    for path, (file, kind) in _FILES.items():
        policy = framed if path == "/embed" else WIDGET_PAGE
        routes.add_route(_page(WIDGET / file, kind, policy, words), path, methods=["GET"], name=f"page{path}")


def _page(file: Path, kind: str, policy: str, words: Mapping[str, str]) -> Any:
    async def page(request: Request) -> HTTPResponse:
        headers, body = dict(KEPT_BY_BROWSERS), file_bytes(file)
        if kind.startswith("text/html"):
            headers["Content-Security-Policy"] = policy
            body = with_own_numbers(body.decode(), words).encode()
        if file.name == "widget.js":
            headers |= ANY_SITE
        return sent(request, body, kind, headers)

    return page
