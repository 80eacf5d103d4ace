"""Questions of twenty states, asked of the whole assistant: the state's own value first, or the honest federal rule."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent

from assistant.engine.agent import load_assistant
from assistant.knowledge.library import library
from assistant.serve.models import current_model
from assistant.talk.phrases import PHRASES
from assistant.turn.talking import Talk
from assistant.typed_text import typed

FIRST_WORDS = 45
"""The value stands within the first words below the heading: a parent who reads no further has it."""
STATES, AT_LEAST, IN_ALL = 20, 7, 240


@functools.cache
def agent() -> Agent:
    """Return the assistant, loaded once."""
    return load_assistant(current_model())


def questions() -> Iterator[object]:
    rows = yaml.safe_load(Path(__file__).with_name("state_questions.yml").read_text(encoding="utf-8"))
    for state, asked in rows.items():
        for row in asked:
            marks = [pytest.mark.xfail(reason=row["wrong"], strict=True)] if "wrong" in row else []
            yield pytest.param(state, row, marks=marks, id=f"{state}: {row['ask'][:60]}")


@pytest.mark.parametrize(("state", "row"), questions())
async def test_the_states_value_comes_first_and_no_other_state_does(
    state: str, row: dict[str, object]
) -> None:
    known = library()
    first, *_ = await Talk(agent(), uuid.uuid4().hex).say(typed(str(row["ask"])))
    body = " ".join((first.body or first.text).split())
    said = " ".join(body.split()[:FIRST_WORDS])
    assert re.search(str(row["says"]), said, re.IGNORECASE), (first.answer, said)
    unknown = PHRASES.state_unknown.format(state=state)
    assert (unknown in body) is bool(row.get("federal")), body
    others = re.compile(rf"\b(?:{'|'.join(name for name in known.packs if name not in state)})\b")
    named = [part for part in re.split(r"(?<=[.!?])\s", first.text) if others.search(part)]
    assert all(state in part for part in named), named


def test_each_of_the_twenty_largest_states_is_asked_about() -> None:
    rows = yaml.safe_load(Path(__file__).with_name("state_questions.yml").read_text(encoding="utf-8"))
    assert len(rows) == STATES
    assert min(len(asked) for asked in rows.values()) >= AT_LEAST
    assert sum(len(asked) for asked in rows.values()) == IN_ALL
