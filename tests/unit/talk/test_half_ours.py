from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.knowledge.library import library
from assistant.talk.half_ours import half_ours
from assistant.talk.phrases import PHRASES
from assistant.talk.turn import Turn

MakeTurn = Callable[..., Turn]


def test_the_other_half_is_referred(said: MakeTurn) -> None:
    half = half_ours(said("what dose of ritalin is ok", out_of_scope=0.8, ask_medication=0.1))
    assert half and not half.ours and "doctor" in half.referral


def test_the_schools_half_is_answered(said: MakeTurn) -> None:
    half = half_ours(said("being evicted, does he lose his iep", out_of_scope=0.3, ask_homeless_foster=0.6))
    assert half and half.ours


@pytest.mark.parametrize("chance", [{"ask_team": 0.3}, {"ask_medication": 0.005}])
def test_a_strangers_question_is_not_half_ours(said: MakeTurn, chance: dict[str, float]) -> None:
    assert half_ours(said("who won the game", out_of_scope=0.6, **chance)) is None


@pytest.mark.parametrize("topic", PHRASES.half_ours)
def test_each_names_who_knows_and_is_a_topic(topic: str) -> None:
    words = PHRASES.half_ours[topic]
    assert topic in library().answers
    assert len(words.split()) <= 45 and any(who in words for who in ("lawyer", "office", "211", "doctor"))
