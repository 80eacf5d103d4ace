"""Passages with planted faults, each in a small file of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.knowledge.checks.passages import Passage, of_answer
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import ContentFile, read

ANSWER = """\
title: What does it cost?
texts:
  either:
    short: It is free. Ask the school in an email tonight.
    more: |
      - **Testing:** free for you.
      - **A copy:** ask for one.
    simple: It is free.
facts:
  either: [s504_legally_binding]
offer_call: "false"
reviewed: "2026-11-24"
review_by: "2027-05-24"
"""

WriteAnswer = Callable[..., ContentFile]
Passages = Callable[..., list[Passage]]


@pytest.fixture(scope="session")
def facts() -> Facts:
    return Facts()


@pytest.fixture
def write_answer(tmp_path: Path) -> WriteAnswer:
    """Return a writer of ANSWER with some words replaced: write_answer(("It is free", "It costs"))."""

    def write(*changes: tuple[str, str], intent: str = "ask_cost") -> ContentFile:
        text = ANSWER
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / intent / "topic.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return read(path)

    return write


@pytest.fixture
def said(write_answer: WriteAnswer) -> Passages:
    """Return a maker of the passages of ANSWER with some words replaced."""
    return lambda *changes: list(of_answer(write_answer(*changes)))
