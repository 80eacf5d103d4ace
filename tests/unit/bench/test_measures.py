from __future__ import annotations

import pytest

from bench.measures import Understood, by_intent, calibration_error, confusions, figures
from bench.messages import Message

COST = Message("what does it cost", ("ask_cost",), "none")
TEAM = Message("who comes", ("ask_team", "ask_who_leads"), "none")
STRANGER = Message("will it rain", ("out_of_scope",), "none")


def understood(*ranking: str, confidence: float = 0.9, intent: str = "") -> Understood:
    return Understood(intent or ranking[0], confidence, ranking)


def test_any_acceptable_intent_counts_as_right() -> None:
    found = figures([COST, TEAM], [understood("ask_cost"), understood("ask_who_leads")])
    assert found["first"] == 1.0


def test_the_third_place_still_counts_in_three() -> None:
    found = figures([COST], [understood("ask_law", "ask_esy", "ask_cost")])
    assert (found["first"], found["in three"]) == (0.0, 1.0)


def test_a_question_taken_for_a_strangers_is_a_false_reject() -> None:
    found = figures(
        [COST, STRANGER], [understood("ask_cost", intent="out_of_scope"), understood("out_of_scope")]
    )
    assert (found["false rejects"], found["strangers caught"]) == (1.0, 1.0)


def test_confidence_that_is_right_as_often_as_it_says_has_no_calibration_error() -> None:
    pairs = [(COST, understood("ask_cost", confidence=0.5)), (COST, understood("ask_law", confidence=0.5))]
    assert calibration_error(pairs) == pytest.approx(0.0)
    assert calibration_error([(COST, understood("ask_law", confidence=1.0))]) == pytest.approx(1.0)


def test_confusions_name_what_was_meant_and_what_it_was_taken_for() -> None:
    assert confusions([TEAM], [understood("ask_cost")]) == {("ask_team", "ask_cost"): 1}
    assert by_intent([TEAM], [understood("ask_cost")]) == {"ask_team": (0.0, 1)}
