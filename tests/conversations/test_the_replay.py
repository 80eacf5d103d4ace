"""The replay itself, with the real model: what has to fail does, and says why; a repeat is the same."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.replay.plugin import Stage, StoryFailed
from assistant.replay.story import Assertion, Case, Step
from assistant.talk import conversation

QUESTION = "my son has a 504 and his teacher isnt following it, who do i call"


def case(*assertions: Assertion) -> Case:
    return Case("a parent asks", (Step("user", QUESTION, assertions, number=1),))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Assertion("text_contains", "the principle"), r"wanted 'the principle' \(nearest: 'the principal"),
        (Assertion("source_cited", "34 CFR 300.323"), r"source: wanted 34 CFR 300.323, came \S+"),
        (Assertion("answer", {"intent": ["ask_not_followed", "ask_who_to_contact"], "plan": "iep"}), "for plan iep, came ask_.* for plan 504"),
        (Assertion("outcome", "crisis"), "outcome: wanted crisis, came answered"),
    ],
)  # fmt: skip
def test_a_wrong_word_source_plan_or_outcome_fails_and_shows_the_difference(
    stage: Stage, wrong: Assertion, said: str
) -> None:
    with pytest.raises(StoryFailed, match=said):
        stage.play(case(wrong), 1)


def test_a_story_whose_action_raises_fails(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise LookupError("no such answer")

    monkeypatch.setitem(conversation.TURNS, "answer", broken)
    with pytest.raises(
        StoryFailed, match=r"action_answer failed: LookupError: no such answer at test_the_replay\.py"
    ):
        stage.play(case(), 1)


def test_twenty_repeats_are_the_same(stage: Stage) -> None:
    booking = (
        "book a call", "Tasha, tasha.r@example.com", "is a 504 special ed?", "next tuesday after 3", "the first one", "yep",
    )  # fmt: skip
    stage.play(Case("a booking", tuple(Step("user", text) for text in booking)), 20)


def test_a_typed_command_is_text(stage: Stage) -> None:
    played = stage.play(Case("a command", (Step("user", "/restart"), Step("user", "hello"))), 1)
    assert all("action_restart" not in turn["actions"] for turn in played[0]["turns"])
