"""The pages of the website channel: demo, accessibility statement, the widget's file, the plain page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

if TYPE_CHECKING:
    from assistant.channels.web.ask_page import AskPage

WIDGET = Path(__file__).parents[3] / "widget"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/accessibility": ("accessibility.html", "text/html; charset=utf-8"),
    "/widget.js": ("dist/widget.js", "text/javascript; charset=utf-8"),
    "/v1/widget.js": ("dist/widget.js", "text/javascript; charset=utf-8"),
    "/demo.css": ("demo.css", "text/css; charset=utf-8"),
    "/ask.css": ("ask.css", "text/css; charset=utf-8"),
}


def add_pages(routes: Blueprint, ask: AskPage) -> None:
    """Add the pages to the channel's routes."""
    for path, (file, kind) in _FILES.items():
        routes.add_route(_page(WIDGET / file, kind), path, methods=["GET"], name=f"page{path}")

    async def show(
        request: Request,
    ) -> HTTPResponse:  # Sanic marks its handlers, and a method can't be marked
        return await ask.show(request)

    async def answer(request: Request) -> HTTPResponse:
        return await ask.answer(request)

    routes.add_route(show, "/ask", methods=["GET"], name="ask")
    routes.add_route(answer, "/ask", methods=["POST"], name="ask_answer")


def _page(file: Path, kind: str) -> Any:
    async def page(request: Request) -> HTTPResponse:
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "public, max-age=300",
        }
        if kind.startswith("text/html"):
            headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        if file.name == "widget.js":  # other sites embed it by script tag
            headers |= {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
        return raw(file.read_bytes(), content_type=kind, headers=headers)

    return page
