"""Encrypts rows with the server's secret; while it is being changed, what the old one wrote is still read."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.settings import read_settings

Secrets = bytes | Sequence[bytes]
"""The secret, or the secret and then the older ones that still count."""


def all_of(secrets: Secrets) -> tuple[bytes, ...]:
    """Return the secrets, the one that writes first."""
    return (secrets,) if isinstance(secrets, bytes) else tuple(secrets)


def cipher(purpose: str, secrets: Secrets) -> MultiFernet:
    """Return what writes with the first secret and reads with each; `purpose` keeps one kind of row from another's reader."""
    keys = [hashlib.sha256(purpose.encode() + b":" + secret).digest() for secret in all_of(secrets)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def sealed(purpose: str, data: Any, secrets: Secrets | None = None) -> str:
    """Return JSON data as opaque text, for a URL too; only the same purpose opens it.

    Args:
        purpose: What it is for.
        data: Strings, numbers, lists and dictionaries.
        secrets: The server's, unless given those of the settings.
    """
    return cipher(purpose, secrets or read_settings().secrets).encrypt(json.dumps(data).encode()).decode()


def opened(purpose: str, text: str, secrets: Secrets | None = None) -> Any:
    """Return what was sealed; None where this server did not seal it for this purpose."""
    try:
        return json.loads(cipher(purpose, secrets or read_settings().secrets).decrypt(text.encode()))
    except (InvalidToken, ValueError):
        return None
