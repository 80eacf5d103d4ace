"""Gives each request an id and writes one line about it: method, route, status, milliseconds. Never an address, a token or a word.

The id comes from the proxy in front (`X-Request-ID`), stands in every line that is logged meanwhile and goes back with the answer, so that
a parent's complaint, nginx's log and the worker's log are about the same request.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from assistant import metrics
from assistant.privacy.mask import masked

REQUEST: ContextVar[str] = ContextVar("request", default="")
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = frozenset(["/health", "/metrics"])
_METHODS = frozenset(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"])
HEADER = "X-Request-ID"

log = logging.getLogger("whichplan.requests")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, the masked text, the request's id, and what the caller adds as `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": masked(record.getMessage()),
            "request": REQUEST.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["cause"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """Write the process's log as JSON lines, requests included."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
    log.setLevel(logging.INFO)


def watch(app: Any) -> None:
    """Give each request of a Sanic application its id, its line and its place in the figures."""

    async def begin(request: Any) -> None:
        claimed = request.headers.get(HEADER, "")
        request.ctx.id = claimed if _ID.fullmatch(claimed) else uuid.uuid4().hex
        request.ctx.began = time.perf_counter()
        REQUEST.set(request.ctx.id)

    async def end(request: Any, answer: Any) -> None:
        if request is None or not hasattr(request.ctx, "began"):
            return  # refused before it was read
        answer.headers[HEADER] = request.ctx.id
        seconds = time.perf_counter() - request.ctx.began
        # the route as it was declared: an address of its own holds signed tokens
        route = "/" + request.route.path if request.route else "none"
        # a method as it was sent is anybody's invention, and each would be kept as figures of its own
        method = request.method if request.method in _METHODS else "other"
        metrics.REQUESTS.labels(method, route, str(answer.status)).observe(seconds)
        if route not in _QUIET:
            about = {
                "method": method,
                "route": route,
                "status": answer.status,
                "ms": round(1000 * seconds, 1),
            }
            log.info("answered", extra={"fields": about})

    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")
