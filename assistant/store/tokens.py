"""Signed tokens and choices: who may speak in a talk, and which buttons the assistant really offered."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet

from assistant.sealed import Secrets, all_of

_ID_BYTES = 16


class BadToken(ValueError):
    """A token or choice that this server never gave out."""


@dataclass(frozen=True)
class TalkToken:
    """The right to one talk: its id, and the key of its transcript, which only the parent's browser keeps."""

    talk: str
    key: str

    @property
    def cipher(self) -> Fernet:
        """Reads and writes the talk's transcript; without the token the stored rows say nothing."""
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"transcript:{self.key}".encode()).digest()))


@dataclass(frozen=True)
class Choice:
    """A button that was offered in one talk."""

    payload: str
    title: str


class Signer:
    """Signs with the secret; the purpose is part of what is signed, so a choice is never a token.

    What an older secret signed counts while it stands beside the new one.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = all_of(secrets)

    def _signature(self, purpose: str, text: str, secret: bytes | None = None) -> str:
        key = self._secrets[0] if secret is None else secret
        digest = hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:18]).decode()

    def _signed(self, purpose: str, text: str, signature: str) -> bool:
        return any(
            hmac.compare_digest(signature.encode(), self._signature(purpose, text, secret).encode())
            for secret in self._secrets
        )

    def new_token(self) -> tuple[TalkToken, str]:
        """Return the right to a new talk, and its written form."""
        token = TalkToken(secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(24))
        text = f"{token.talk}.{token.key}"
        return token, f"{text}.{self._signature('talk', text)}"

    def token(self, written: str) -> TalkToken:
        """Read a token.

        Raises:
            BadToken: It is not one of this server's.
        """
        text, _, signature = written.rpartition(".")
        talk, _, key = text.partition(".")
        if (
            not written.isascii()  # what was sent as it pleased may not even be text
            or not key
            or not self._signed("talk", text, signature)
        ):
            raise BadToken("not a token of this server")
        return TalkToken(talk, key)

    def choice(self, talk: str, payload: str, title: str) -> str:
        """Return the opaque form of a button of one talk."""
        text = base64.urlsafe_b64encode(json.dumps([payload, title]).encode()).decode()
        return f"{text}.{self._signature(f'choice:{talk}', text)}"

    def chosen(self, talk: str, written: str) -> Choice:
        """Read a button that this talk was offered.

        Raises:
            BadToken: It was forged, or offered in another talk.
        """
        text, _, signature = written.rpartition(".")
        if not written.isascii() or not text or not self._signed(f"choice:{talk}", text, signature):
            raise BadToken("not a choice of this talk")
        payload, title = json.loads(base64.urlsafe_b64decode(text))
        return Choice(payload, title)
