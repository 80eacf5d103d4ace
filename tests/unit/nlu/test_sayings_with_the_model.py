"""The classifier's own class of danger hears what the guard's patterns can't, and raises few alarms of its own."""

from __future__ import annotations

import functools

import pytest
from rasa.core.agent import Agent

from assistant.engine.agent import load_assistant
from assistant.serve.models import current_model
from assistant.settings import TOP


@functools.cache
def agent() -> Agent:
    """Return the assistant, loaded once."""
    return load_assistant(current_model())


@pytest.mark.parametrize(
    ("name", "at_least", "at_most"),
    [
        ("danger.txt", 139, 150),  # measured: 141; most of the others speak of danger in no word of theirs
        ("idioms.txt", 0, 2),  # measured: none of 120
        ("everyday.txt", 0, 3),  # measured: none of 106
    ],
)
async def test_danger_is_told_from_sayings_and_everyday_trouble(
    name: str, at_least: int, at_most: int
) -> None:
    lines = (TOP / "tests/nlu" / name).read_text(encoding="utf-8").splitlines()
    alarms = [line for line in lines if (await agent().parse_message(line))["intent"]["name"] == "crisis"]
    assert at_least <= len(alarms) <= at_most, alarms
