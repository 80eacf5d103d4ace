"""What holds for every address of the server: headers, errors in the contract's form, the limit of an address.

No other file writes a security header: a page names its policy here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from typing import Any

from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, text
from sanic.response import json as sanic_json

from assistant.settings import Settings
from assistant.talk.phrases import PHRASES

log = logging.getLogger(__name__)


def json_text(data: Any) -> str:
    """Return data as JSON in which no tag can begin: a parent's own words come back in a letter, whatever reads them as a page."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def json_response(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    """Return data as an answer in JSON."""
    return sanic_json(data, status, dict(headers or {}), dumps=json_text)


_COUNTED = frozenset({"POST", "DELETE"})
_CODES = {
    404: "not_found",
    405: "bad_method",
    408: "too_slow",
    411: "no_length",
    413: "too_large",
    414: "too_large",
    431: "too_large",
}
_UNREAD = "*"
"""The path of a request that could not be read."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""For every answer that does not say otherwise itself."""
WIDGET_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""Policy of a page that shows the widget."""
ANSWER_PAGE = WIDGET_PAGE.replace("; require-trusted-types-for 'script'", "")
"""Policy of a page of answers: its search reads what the server found as a page of ours, which Trusted Types would refuse."""
PLAIN_PAGE = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Policy of a page without script: its style and its own form."""
KEPT_BY_BROWSERS = {"Cache-Control": "public, max-age=300"}
ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""For the widget's file: other sites embed it by script tag."""
_HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class Refused(Exception):
    """A request that is answered with an error of the HTTP contract (docs/build/http-api.md).

    Args:
        status: HTTP status.
        code: What a program reads.
        message: What a parent reads.
        headers: Extra headers, such as Retry-After in seconds.
    """

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, dict(headers or {})


def framed_page(origins: Iterable[str]) -> str:
    """Return the policy of the page that stands in a frame of the sites that may embed the widget."""
    sites = " ".join(sorted(origins)) or "'none'"
    return WIDGET_PAGE.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")


def page_headers(policy: str) -> dict[str, str]:
    """Return what a page of ours sets itself; the rest is the same for every answer and set by `protect`."""
    return {"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "same-origin"}


def origin_headers(origin: str, origins: Container[str]) -> dict[str, str]:
    """Return what lets a site's script read an answer of the contract, where the operator named the site."""
    if not origin or origin not in origins:
        return {"Cross-Origin-Resource-Policy": "same-origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Expose-Headers": "Retry-After",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def protect(app: Any, settings: Settings, limit_address: Callable[[Request], Awaitable[None]]) -> None:
    """Put the guards around an application.

    Args:
        app: The Sanic application.
        settings: Say whether parents come over HTTPS.
        limit_address: Counts a request of the parent's address, and raises Refused where it is one too many.
    """
    headers = HEADERS | (_HSTS if settings.public_url.startswith("https://") else {})

    async def count(request: Request) -> HTTPResponse | None:
        if request.method in _COUNTED and request.path.startswith("/v1/"):  # pages count by themselves
            try:
                await limit_address(request)
            except Refused as refused:
                return _said(request, refused.status, refused.code, refused.message, refused.headers)
        return None

    async def harden(request: Request, answer: HTTPResponse) -> None:
        for name, value in headers.items():
            answer.headers.setdefault(name, value)
        if "frame-ancestors 'none'" not in answer.headers["Content-Security-Policy"]:
            del answer.headers["X-Frame-Options"]  # it knows no list of sites, and would refuse them all

    app.register_middleware(count, "request")
    app.register_middleware(harden, "response")
    app.error_handler.add(Exception, _failed)


def _failed(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, SanicException):
        status = int(getattr(error, "status_code", 500))
        if status < 500:
            headers = getattr(error, "headers", None)  # of a 405: what it does take
            return _said(request, status, _CODES.get(status, "bad_request"), _words(status), headers)
    log.error("a request failed: %s", type(error).__name__, exc_info=error)
    return _said(request, 503, "unavailable", PHRASES.errors["action"])


def _words(status: int) -> str:
    return {
        404: "There is nothing at this address.",
        405: "This address does not take that method.",
        408: "The request took too long to arrive. Please send it again.",
        411: "Send the body with its Content-Length.",
        413: "The request is too large: 64 KiB at most.",
        414: "The address is too long.",
        431: "The headers are too long.",
    }.get(status, "The request can't be read.")


def _said(
    request: Request, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> HTTPResponse:
    if request is not None and not request.path.startswith(("/v1/", _UNREAD)):
        return text(message, status, headers=headers)
    return json_response({"error": {"code": code, "message": message}}, status, headers=headers)
