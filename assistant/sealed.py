"""Encrypts rows with the server's secret; while it is being changed, what the old one wrote is still read."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet

Secrets = bytes | Sequence[bytes]
"""The secret, or the secret and then the older ones that still count."""


def all_of(secrets: Secrets) -> tuple[bytes, ...]:
    """Return the secrets, the one that writes first."""
    return (secrets,) if isinstance(secrets, bytes) else tuple(secrets)


def cipher(purpose: str, secrets: Secrets) -> MultiFernet:
    """Return what writes with the first secret and reads with each; `purpose` keeps one kind of row from another's reader."""
    keys = [hashlib.sha256(purpose.encode() + b":" + secret).digest() for secret in all_of(secrets)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
