"""What somebody approved: a digest of the words, so that changed words ask to be read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LETTERS = 12
"""Of a digest: enough to tell versions of one text apart."""


def digest_of(worded: Mapping[str, Any]) -> str:
    """Return the digest of what is worded in a file: other words, another digest; the order of its keys does not count."""
    text = json.dumps(worded, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LETTERS]
