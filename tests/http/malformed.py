"""Requests that no browser sends, written to the socket as they are, and what has to come back."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from dataclasses import dataclass

HOST = b"Host: x\r\n"
POST = b"POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CASES: dict[str, tuple[bytes, set[int]]] = {
    # a byte that is not UTF-8, wherever it may stand
    "a byte in the path": (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "a byte in the query": (b"GET /?q=\xe9 HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "a byte in the method": (b"G\xffT / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "a byte in the version": (b"GET / HTTP/\xff.1\r\n" + HOST + b"\r\n", {400}),
    "a byte in a header's name": (b"GET / HTTP/1.1\r\n" + HOST + b"X-\xff: 1\r\n\r\n", {400}),
    "a byte in a header's value": (b"GET / HTTP/1.1\r\n" + HOST + b"User-Agent: Z\xfcri\r\n\r\n", {200}),
    "a byte in the token": (b"GET /v1/messages HTTP/1.1\r\n" + HOST + b"Authorization: Bearer \xff\r\n\r\n", {401}),
    "a byte in the forwarded address": (b"GET / HTTP/1.1\r\n" + HOST + b"X-Forwarded-For: \xff\r\n\r\n", {200}),
    "a byte in the type": (b"POST /v1/conversations HTTP/1.1\r\n" + HOST + b"Content-Type: \xff\r\nContent-Length: 2\r\n\r\n{}", {415}),
    "bytes in the body": (POST + b"Content-Length: 2\r\n\r\n\xff\xfe", {400}),
    "UTF-8 in the path": ("GET /é HTTP/1.1\r\nHost: x\r\n\r\n".encode(), {400}),
    "escaped bytes in the path": (b"GET /%ff%00 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
    "escaped bytes in a link": (b"GET /call/move/%ff HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
    # lengths
    "a negative length": (POST + b"Content-Length: -1\r\n\r\n{}", {400}),
    "a length with a sign": (POST + b"Content-Length: +2\r\n\r\n{}", {400}),
    "a length in words": (POST + b"Content-Length: abc\r\n\r\n{}", {400}),
    "a length in hexadecimal": (POST + b"Content-Length: 0x2\r\n\r\n{}", {400}),
    "a length with an underscore": (POST + b"Content-Length: 1_0\r\n\r\n{}", {400}),
    "a length of nothing": (POST + b"Content-Length: \r\n\r\n{}", {400}),
    "a length of other digits": (POST + "Content-Length: ٢\r\n\r\n{}".encode(), {400}),
    "two lengths": (POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", {400}),
    "one length twice": (POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", {400}),
    "two lengths in one line": (POST + b"Content-Length: 2, 2\r\n\r\n{}", {400}),
    "a length behind a blank": (POST + b"Content-Length : 2\r\n\r\n{}", {400}),
    "a huge length": (POST + b"Content-Length: 99999999\r\n\r\n{}", {413}),
    "a length beyond numbers": (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}", {400, 413}),
    "a length and chunks": (POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", {400}),
    "an encoding that is none": (POST + b"Transfer-Encoding: xchunked\r\n\r\n{}", {400, 411}),
    "a chunk of negative size": (POST + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n", {400, 411}),
    "a chunk of no size": (POST + b"Transfer-Encoding: chunked\r\n\r\n\xff\r\n{}\r\n0\r\n\r\n", {400, 411}),
    # lines
    "no request at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
    "a line of one word": (b"GET\r\n\r\n", {400}),
    "no version": (b"GET /\r\n" + HOST + b"\r\n", {400}),
    "another version": (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", {400}),
    "a blank too many": (b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "an address of nothing": (b"GET http:// HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "a tunnel": (b"CONNECT 127.0.0.1:80 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    "half an end of line": (b"GET / HTTP/1.1\nHost: x\n\n", {200, 400}),
    "another half of one": (b"GET / HTTP/1.1\rHost: x\r\r\n\r\n", {400}),
    "a sign of nothing": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n", {400}),
    "a header without a name": (b"GET / HTTP/1.1\r\n" + HOST + b": 1\r\n\r\n", {400}),
    "a header without a colon": (b"GET / HTTP/1.1\r\n" + HOST + b"hello\r\n\r\n", {400}),
    "a folded header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n", {400}),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", {400}),
    "two hosts": (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", {400}),
    "two tokens": (b"GET /v1/messages HTTP/1.1\r\n" + HOST + b"Authorization: a\r\nAuthorization: b\r\n\r\n", {400}),
    "a long address": (b"GET /" + b"a" * 7000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414}),
    "a long header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 40_000 + b"\r\n\r\n", {400, 413, 431}),
    "many headers": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 500 + b"\r\n", {400, 431}),
    "an expectation": (POST + b"Expect: a miracle\r\nContent-Length: 2\r\n\r\n{}", {201, 417}),
    # what is well-formed and not for us
    "a method of its own": (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", {405}),
    "a method in small letters": (b"get / HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    "a long method": (b"M" * 3000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    "a change of protocol": (b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", {200}),
    "HTTP/2 by hand": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}),
    "an older version": (b"GET / HTTP/1.0\r\n\r\n", {200}),
    "an empty line first": (b"\r\nGET / HTTP/1.1\r\n" + HOST + b"\r\n", {200}),
    "the whole address": (b"GET http://x/ HTTP/1.1\r\n" + HOST + b"\r\n", {200}),
    "a body that reading needs none of": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\n{}", {200}),
}  # fmt: skip
"""For each request the statuses that are right."""


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 is nothing."""

    status: int
    body: bytes
    seconds: float


def send(port: int, written: bytes, patience: float = 5) -> Answer:
    """Write bytes to a new connection and read one answer, for so many seconds."""
    began, got = time.monotonic(), b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=patience) as line,
    ):
        with contextlib.suppress(OSError):  # refused before all was sent
            line.sendall(written)
        while not _whole(got) and (piece := line.recv(65_536)):
            got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    return Answer(status, body, time.monotonic() - began)


def _whole(got: bytes) -> bool:
    head, ended, body = got.partition(b"\r\n\r\n")
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(ended and lengths) and len(body) >= int(lengths[0])


_PIECES = (
    b"GET", b"POST", b"DELETE", b"BREW", b" ", b"  ", b"\t", b"/", b"/v1/messages", b"/v1/conversations", b"/health", b"/call/move/x", b"?after=", b"%ff", b"\xff", b"\xc3\x28", b"\x00",
    b"\r\n", b"\n", b"\r", b":", b": ", b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", b" HTTP/9.9\r\n", b"Host: x\r\n", b"Content-Length: 2\r\n", b"Content-Length: -1\r\n", b"Content-Length: 1e3\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: identity\r\n", b"Connection: keep-alive\r\n", b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"Content-Type: application/json\r\n",
    b"Content-Type: multipart/form-data; boundary=\r\n", b"Authorization: Bearer \xff\r\n", b"X-Forwarded-For: [::1]:9, \xff\r\n", b"{}", b"0\r\n\r\n", b"-5\r\n", b"a" * 300, b"[" * 300, "é".encode(), b"\x16\x03\x01",
)  # fmt: skip


def nonsense(chance: random.Random) -> bytes:
    """Return a request that is broken somewhere: a known one with bytes changed, or pieces of requests in any order."""
    if chance.random() < 0.6:
        written = bytearray(chance.choice(list(CASES.values()))[0])
        for _ in range(chance.randint(1, 4)):
            place, kind = chance.randrange(len(written) + 1), chance.randrange(4)
            if kind == 0:
                written[place:place] = chance.choice(_PIECES)
            elif kind == 1:
                del written[place : place + chance.randint(1, 5)]
            elif kind == 2:
                written[place : place + 1] = chance.randbytes(1)
            else:
                written[place:place] = chance.randbytes(chance.randint(1, 20))
    else:
        written = bytearray(b"".join(chance.choices(_PIECES, k=chance.randint(1, 12))))
    return bytes(written) + b"\r\n\r\n"
