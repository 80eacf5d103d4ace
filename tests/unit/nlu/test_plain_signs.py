"""A message is understood the same in whatever spaces, dashes and apostrophes it arrives."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent

from assistant.engine.agent import load_assistant
from assistant.nlu.crisis_guard import danger_in
from assistant.serve.models import current_model
from assistant.settings import TOP
from bench.messages import held_out
from tests.unit.test_typed_text import SPACES

DANGER = (TOP / "tests/nlu/danger.txt").read_text(encoding="utf-8").splitlines()
MESSAGES = [" ".join(message.text.split()) for message in held_out()]


@functools.cache
def agent() -> Agent:
    """Return the assistant, loaded once."""
    return load_assistant(current_model())


def exchanged(text: str, data: st.DataObject) -> str:
    """Return `text` with each space as another one."""
    first, *words = text.split(" ")
    return first + "".join(data.draw(st.sampled_from(SPACES)) + word for word in words)


@given(st.sampled_from(DANGER), st.data())
def test_danger_is_heard_in_whatever_spaces(text: str, data: st.DataObject) -> None:
    assert danger_in(exchanged(text, data)) == danger_in(text)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(MESSAGES), st.data())
async def test_a_message_with_its_spaces_exchanged_is_understood_as_the_plain_one(
    text: str, data: st.DataObject
) -> None:
    assert await agent().parse_message(exchanged(text, data)) == await agent().parse_message(text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I\u00a0want\u00a0to\u00a0kill\u00a0myself", "I want to kill myself"),
        ("what’s a ５０４ — and who pays", "what's a 504 - and who pays"),
        ("can they do that\ud800", "can they do that"),
    ],
)
async def test_the_pipeline_itself_reads_plain_signs(typed: str, plain: str) -> None:
    assert await agent().parse_message(typed) == await agent().parse_message(plain)
