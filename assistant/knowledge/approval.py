"""What somebody approved: a digest of the words, so that changed words ask to be read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import jsonschema

LETTERS = 12
"""Of a digest: enough to tell versions of one text apart."""


def digest_of(worded: Mapping[str, Any]) -> str:
    """Return the digest of what is worded in a file: other words, another digest; the order of its keys does not count."""
    text = json.dumps(worded, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LETTERS]


def lacks_approval(problem: jsonschema.ValidationError) -> bool:
    """Whether a fault of form is that a whole file has no `approved`: new words, that nobody has read yet."""
    return (
        problem.validator == "required"
        and not problem.absolute_path
        and problem.message.startswith("'approved'")
    )


def not_approved(name: str) -> str:
    """Return what to say of a `topic/point` or `letters/id` that has no `approved`."""
    return f"nobody has approved it yet. Have it read, then run `make approve id={name} by=<you>`."
