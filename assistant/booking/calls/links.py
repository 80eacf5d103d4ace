"""Signed links in e-mails: one purpose each, one use each, and an end.

A token names the call, its sequence and the day it ends. Every change of a call raises the
sequence, so a link works once and older e-mails' links go dead; and as a link can only change a
call that is booked, no old link brings a canceled one back.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from assistant.booking.calls.call import Why
from assistant.sealed import Secrets, all_of

_SIGNATURE_BYTES = 24


class Purpose(Enum):
    """What a link may be used for."""

    MOVE = "m"
    CANCEL = "c"
    KEEP = "k"  # says that the call is theirs; used as often as they like
    INVITATION = "i"  # download the .ics; reading does not use it up


@dataclass(frozen=True)
class Link:
    """What a valid token says."""

    purpose: Purpose
    call: str
    sequence: int
    until: datetime


def make_token(link: Link, secret: bytes) -> str:
    """Return the signed token, safe in a URL."""
    body = f"{link.purpose.value}.{link.call}.{link.sequence}.{int(link.until.timestamp())}".encode()
    return _text(body) + "." + _text(_signature(body, secret))


def read_token(token: str, secrets: Secrets, now: datetime) -> Link | Why:
    """Return what the token says, or ``Why.WRONG_LINK`` or ``Why.OLD_LINK``.

    Whether it was used before only the call's sequence in the database tells.
    """
    body_text, _, signature_text = token.partition(".")
    try:
        body, signature = _bytes(body_text), _bytes(signature_text)
        if not any(hmac.compare_digest(signature, _signature(body, one)) for one in all_of(secrets)):
            return Why.WRONG_LINK
        purpose, call, sequence, until = body.decode().split(".")
        link = Link(Purpose(purpose), call, int(sequence), datetime.fromtimestamp(int(until), UTC))
    except (binascii.Error, ValueError, OverflowError):
        return Why.WRONG_LINK
    return link if now < link.until else Why.OLD_LINK


def _signature(body: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, b"whichplan link 1\n" + body, hashlib.sha256)[:_SIGNATURE_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    if not text.isascii() or len(text) > 400:
        raise ValueError("not a token")
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _text(raw) != text:  # one token, one spelling
        raise ValueError("not a token")
    return raw
