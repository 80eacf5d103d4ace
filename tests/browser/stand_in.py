"""A page with the widget and a stand-in for its server: for what needs no assistant, only a page."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser.server import TOP

HOME = "http://plan.test"
SCRIPT = '<script src="/widget.js" defer></script>'
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
GREETING = {
    "id": "greeting",
    "text": "Hello.",
    "buttons": [],
    "sources": [],
    "answer": None,
    "outcome": "answered",
}


def shows(
    page: Page, body: str = "", head: str = VIEWPORT, script: str = SCRIPT, replies: Any = (GREETING,)
) -> list[dict[str, Any]]:
    """Show a page; return the messages that the server hears, as they come."""
    heard: list[dict[str, Any]] = []
    html = f"<!doctype html><html lang=en><meta charset=utf-8><title>A page</title>{head}{script}<body>{body}"
    file = (TOP / "widget" / "dist" / "widget.js").read_bytes()

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(HOME).partition("?")[0]
        if path == "/v1/messages" and route.request.method == "POST":
            heard.append(json.loads(route.request.post_data or "null"))
            said = [{**GREETING, "id": f"r{len(heard)}", "text": f"Answer {len(heard)}."}]
            route.fulfill(status=200, json={"replies": said})
        elif path == "/v1/conversations":
            route.fulfill(status=201, json={"token": "t", "replies": list(replies)})
        elif path == "/widget.js":
            route.fulfill(status=200, content_type="text/javascript; charset=utf-8", body=file)
        elif path.startswith("/v1/"):
            route.fulfill(status=200, json={"messages": [], "replies": []})
        else:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

    page.unroute_all()
    page.route(f"{HOME}/**", serve)
    page.goto(f"{HOME}/")
    return heard
