"""The training lines and the held-out messages: enough of each, of known intents, none twice, none near another."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml

from assistant.knowledge.library import library
from assistant.settings import TOP
from bench.messages import HELD_OUT, Message, held_out, sample, training_lines
from bench.points import held_out as held_out_wordings

LINES = list(training_lines())
INTENTS = {next(iter(entry)) for entry in yaml.safe_load((TOP / "domain.yml").read_text())["intents"]}
QUESTIONS = sorted(intent for intent in INTENTS if intent.startswith("ask_"))
ABOUT_THE_TALK = {"ask_capabilities", "ask_bot_identity", "ask_privacy", "ask_human", "ask_repeat"}
BESIDE = ("danger_beside_a_question.txt", "harmless_beside_a_question.txt")
SHARED_RUN = 9
"""Words in a row that a held-out message may not share with a training line of 9 words or more."""


POINTS = Counter(name.partition("/")[0] for name in library().points)


def test_each_question_has_a_hundred_wordings() -> None:
    """A topic of a few points has ten for each."""
    counts = Counter(intent for _, intent in LINES)
    fewest = {q: 80 if q in ABOUT_THE_TALK else min(100, 10 * POINTS[q] or 100) for q in QUESTIONS}
    assert not {q: counts[q] for q in QUESTIONS if counts[q] < fewest[q]}


def test_strangers_and_danger_have_many() -> None:
    counts = Counter(intent for _, intent in LINES)
    assert counts["out_of_scope"] >= 600
    assert counts["crisis"] >= 150


def test_every_line_has_a_known_intent_and_stands_once() -> None:
    assert {intent for _, intent in LINES} <= INTENTS
    twice = [text for text, count in Counter(text.lower() for text, _ in LINES).items() if count > 1]
    assert not twice


def test_held_out_messages_have_known_intents_and_enough_of_each() -> None:
    messages = held_out()
    assert {label for m in messages for label in m.labels} <= INTENTS
    counts = Counter(m.labels[0] for m in messages)
    counts.update(wording.point.partition("/")[0] for wording in held_out_wordings())
    assert not {q: counts[q] for q in QUESTIONS if counts[q] < (8 if q in ABOUT_THE_TALK else 10)}
    assert {m.plan for m in messages} <= {"504", "iep", "both", "none"}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def runs(text: str, length: int = SHARED_RUN) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[place : place + length]) for place in range(len(found) - length + 1)}


def apart(name: str) -> list[Message]:
    """Return the messages of a file of tests/nlu that are measured, one a line."""
    return [Message(line, (), "none") for line in (HELD_OUT / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("held out", held_out()),
        ("sample", sample()),
        *((name, apart(name)) for name in ("danger.txt", "idioms.txt", "everyday.txt", *BESIDE)),
    ],
)
def test_no_measured_message_is_near_a_training_line(name: str, messages: list) -> None:
    whole = {" ".join(words(text)): text for text, _ in LINES}
    by_run = {run: text for text, _ in LINES for run in runs(text)}
    near = []
    for message in messages:
        plain = " ".join(words(message.text))
        if len(words(message.text)) > 4 and plain in whole:
            near.append((message.text, whole[plain]))
        near += [(message.text, by_run[run]) for run in runs(message.text) if run in by_run]
    assert not near, f"{HELD_OUT}: reword {near[:5]}"
