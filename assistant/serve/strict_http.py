"""Reads each request before Sanic 21.12 does, and refuses what Sanic would fall over.

Sanic 21.12 is what Rasa pins, and nobody mends it any more. Its parser trusts the bytes: one that is not UTF-8 in a path ends the
connection without an answer (nginx then takes the worker for dead), a negative length never lets go of the event loop, a client that
sends a byte now and then is never late. Here the head of a request is checked as a whole, by what RFC 9112 allows and our
clients send, before Sanic sees it; heads, bodies and connections have bounds. docs/decisions/0018 says why it is not another server.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import asyncio
import logging
import re
import resource
from typing import Any

from sanic.exceptions import SanicException
from sanic.http import Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

MOST_HEAD = 8 * 1024
"""Bytes of a request line with its headers."""
MOST_TARGET = 4 * 1024
"""Bytes of an address: the longest of ours, the signed link to an invitation, has some 300."""
MOST_HEADERS = 100
MOST_BODY = 96 * 1024
HEAD_SECONDS = 10.0
"""From a request's first byte to the end of its head."""
BODY_SECONDS = 30.0
"""From the end of the head to the end of the body: 64 KiB over the slowest phone."""
LINGER_SECONDS = 0.5
"""How long what a refused client still sends is taken and thrown away: a line closed on it would take our answer along."""
MOST_CONNECTIONS = 1000
_OTHER_FILES = 200
"""Files a process needs besides its connections: databases, threads, the model."""

# a control sign, a line that ends in half an end of line
_NEVER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?=[^\n])")
_REQUEST_LINE = re.compile(
    rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32} (/|https?://|\*$)?([\x21-\x7e]*) HTTP/1\.([01])"
)
_HEADERS = re.compile(rb"(?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n]*+)*+")
_ONCE = re.compile(
    rb"\r\n(host|content-length|content-type|authorization|origin|expect|transfer-encoding):[ \t]*([^\r\n]*)",
    re.IGNORECASE,
)
"""Headers that mean one thing or nothing: of two, a proxy may believe the first and a server the second."""
_PLAIN = bytes(sign if sign < 0x80 else ord("?") for sign in range(256))
"""No header that is read here has a sign beyond ASCII, but browsers and proxies send some (User-Agent): they are no reason to refuse."""
_NOTHING_SAID = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 2\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b"
)
_FULL = (
    b'{"error":{"code":"unavailable","message":"Too many people are here at once. Please try again in a few seconds. '
    b'If somebody is in danger, call or text 988, or call 911."}}'
)

log = logging.getLogger(__name__)


class Malformed(SanicException):
    """A request that can't be read; it is answered with its status, and the connection closed."""


def refuse_malformed(head: bytes) -> None:
    """Check a request's head, without the empty line that ends it.

    Raises:
        Malformed: 400, or what says more: 411 no length, 413 body too large, 414 and 431 head too large, 417 an expectation.
    """
    line = head.partition(b"\r\n")[0]
    if len(line) > MOST_TARGET:
        raise Malformed("the address is too long", 414)
    asked = _REQUEST_LINE.fullmatch(line)
    if not asked or not (asked[1] or line.startswith(b"OPTIONS * ")):
        raise Malformed("not a request line", 400)
    if not _HEADERS.fullmatch(head, len(line)):
        raise Malformed("not a header", 400)
    if head.count(b"\r\n") > MOST_HEADERS:
        raise Malformed("too many headers", 431)
    known = [(name.lower(), value.rstrip()) for name, value in _ONCE.findall(head, len(line))]
    values = dict(known)
    if len(values) < len(known) or (asked[3] == b"1" and b"host" not in values):
        raise Malformed("a header is there twice, or Host is not there", 400)
    _refuse_body(values)


def _refuse_body(values: dict[bytes, bytes]) -> None:
    length = values.get(b"content-length", b"")
    # chunks are read by a parser as trusting as the rest, and no client of ours sends any
    if b"transfer-encoding" in values:
        raise Malformed("chunks are not taken", 400 if length else 411)
    if b"content-length" in values and not length.isdigit():
        raise Malformed("not a length", 400)
    if len(length) > 9 or int(length or 0) > MOST_BODY:
        raise Malformed("the body is too large", 413)
    if values.get(b"expect", b"100-continue").lower() != b"100-continue":
        raise Malformed("an expectation that nobody meets", 417)


class StrictHttp(Http):
    """One connection: Sanic's own cycle behind a checked head, with bounds on every wait."""

    __slots__ = ("_body_until",)

    async def http1(self) -> None:
        """Serve the connection; whatever breaks, a client that was told nothing is told so."""
        try:
            await super().http1()
        except Exception as error:
            log.error("a connection failed: %s", type(error).__name__, exc_info=error)
            if self.stage in (Stage.REQUEST, Stage.HANDLER):
                self.protocol.say_unavailable()

    async def http1_request_header(self) -> None:
        """Receive a head, check it, and let Sanic read it."""
        self.protocol.waits_since = self.protocol.loop.time()
        try:
            head = self._head()
            if head is None:
                async with asyncio.timeout(HEAD_SECONDS):
                    while (head := self._head()) is None:
                        await self._receive_more()
            refuse_malformed(head)
            self.recv_buffer[: len(head)] = head.translate(_PLAIN)
            await super().http1_request_header()
        except TimeoutError:
            raise Malformed("the head took too long", 408) from None
        except asyncio.CancelledError:  # the client is gone, and Sanic writes of a request
            if self.request is None:
                self.create_empty_request()
            raise
        except SanicException:
            raise
        except Exception as error:  # all that a parser may raise is the fault of what it read
            raise Malformed(type(error).__name__, 400) from error
        if self.head_only:  # answered as GET is, and Sanic leaves out the body: monitors ask so
            self.request.method = "GET"
        self.upgrade_websocket = False  # there is none here, and Sanic would wait for it without end
        self._body_until = self.protocol.loop.time() + BODY_SECONDS

    def _head(self) -> bytes | None:
        """Return the head if it is whole; a part of one is refused as soon as it can't become one."""
        buffer = self.recv_buffer
        for _ in range(2):  # RFC 9112: an old client's empty line after a body is skipped
            if buffer.startswith(b"\r\n"):
                del buffer[:2]
        end = buffer.find(b"\r\n\r\n", 0, MOST_HEAD + 4)
        head = bytes(buffer[: end if end >= 0 else MOST_HEAD + 1])
        if _NEVER.search(head):
            raise Malformed("a control sign", 400)
        if end < 0 and b"\r\n" not in head and len(head) > MOST_TARGET:
            raise Malformed("the address is too long", 414)
        if len(head) > MOST_HEAD:
            raise Malformed("the headers are too long", 431)
        return head if end >= 0 else None

    async def read(self) -> bytes | None:
        """Receive a piece of the body, if it comes in time."""
        if self.recv_buffer or not self.request_bytes_left:
            return await self._piece()
        try:
            async with asyncio.timeout_at(self._body_until):
                return await self._piece()
        except TimeoutError:
            self.keep_alive = False
            self.request_body = None
            if self.stage is Stage.HANDLER:
                raise Malformed("the body took too long", 408) from None
            return None  # the answer was given; the rest of the body is nobody's

    async def _piece(self) -> bytes | None:
        piece: bytes | None = await super().read()
        return piece

    async def error_response(self, exception: Exception) -> None:
        """Answer a request that failed, where somebody is there to read it."""
        if self.protocol.transport is None or self.protocol.transport.is_closing():
            self.keep_alive, self.request_body, self.stage = False, None, Stage.FAILED
            return
        await super().error_response(exception)
        self.protocol.lingers = not self.keep_alive

    def create_empty_request(self) -> None:
        """Stand in for a request that could not be read: without its address, which may be what can't be read."""
        self.url = None
        super().create_empty_request()


class StrictProtocol(HttpProtocol):
    """Sanic's protocol with StrictHttp, and room for newcomers however many hold their connections."""

    __slots__ = ("lingers", "waits_since")

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = StrictHttp(self)

    def connection_made(self, transport: Any) -> None:
        """Take a connection; where there are too many, the one that has been silent for longest makes room."""
        self.waits_since = self.loop.time()
        self.lingers = False
        super().connection_made(transport)
        if len(self.connections) > _most_connections():
            silent = [one for one in self.connections if one is not self and one.is_silent()]
            if silent:
                min(silent, key=lambda one: float(one.waits_since)).transport.abort()
            else:
                self.say_unavailable()

    def is_silent(self) -> bool:
        """Whether the client has not sent a whole request yet, and may still."""
        if self.transport is None or self.transport.is_closing():
            return False
        http = getattr(self, "_http", None)  # not there before the connection's task began
        return http is None or http.stage in (Stage.IDLE, Stage.REQUEST) or bool(http.request_body)

    def say_unavailable(self) -> None:
        """Answer without Sanic, and close."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(_NOTHING_SAID % (len(_FULL), _FULL))
            self.lingers = True
            self.close()

    def data_received(self, data: bytes) -> None:
        """Take what the client sends, unless it was told all it will be."""
        if not self.lingers:
            super().data_received(data)

    def close(self, timeout: float | None = None) -> None:
        """Close the connection; a refused client may finish its sentence first."""
        if self.lingers and self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()
            self.transport.write_eof()
            self.loop.call_later(LINGER_SECONDS, super().close)
        else:
            super().close(timeout)


def _most_connections() -> int:
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return (
        MOST_CONNECTIONS
        if files == resource.RLIM_INFINITY
        else max(50, min(MOST_CONNECTIONS, files - _OTHER_FILES))
    )


def allow_many_files() -> None:
    """Raise the process's own limit of open files to what the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
