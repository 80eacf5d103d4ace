"""A request that is answered with an error of the HTTP contract (docs/http-api.md)."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """Says no to a request.

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
