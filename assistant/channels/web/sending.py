"""Sends a page or file: compressed where the browser takes it, and not at all where the browser has it already."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

SMALLEST = 1000
"""Bytes below which compressing saves nothing worth the time."""
PACKED = ("text/", "application/json", "application/xml", "application/ld+json")


def sent(
    request: Request, body: bytes, kind: str, headers: Mapping[str, str], status: int = 200
) -> HTTPResponse:
    """Return `body`, named by its content: a browser that names the same gets 304 and nothing else.

    Args:
        request: Tells what the browser takes and has.
        body: The page or file.
        kind: Its content type.
        headers: More headers; among them how long it may be kept unasked.
        status: Of the answer, where it is not 304.
    """
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'  # weak: the same content, packed or not
    all_headers = {**headers, "ETag": tag, "Vary": "Accept-Encoding"}
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and tag in known:
        return empty(304, headers=all_headers)
    if len(body) >= SMALLEST and kind.startswith(PACKED) and _takes_gzip(request):
        body = packed(body)
        all_headers["Content-Encoding"] = "gzip"
    return raw(body, status=status, content_type=kind, headers=all_headers)


@lru_cache(maxsize=64)
def packed(body: bytes) -> bytes:
    """Return the bytes compressed; what is sent to everybody is compressed once."""
    return gzip.compress(body, 9, mtime=0)


def file_bytes(file: Path) -> bytes:
    """Return what a file holds, read again when it has changed."""
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> bytes:
    return file.read_bytes()


def _takes_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
