from __future__ import annotations

import pytest

from assistant.nlu.leaning import surely_heard

PARSED = {"points": [{"name": "ask_discipline/weapon_or_drugs", "confidence": 0.97}]}


def test_a_story_that_was_surely_heard_has_asked() -> None:
    assert surely_heard(PARSED, "ask_discipline/weapon_or_drugs")


@pytest.mark.parametrize(
    ("parsed", "told"),
    [
        (PARSED, "ask_discipline/alternative_school"),
        ({"points": [{"name": "ask_aide/fade", "confidence": 0.6}]}, "ask_aide/fade"),
        ({"points": []}, ""),
        ({}, ""),
    ],
)
def test_a_guess_has_not(parsed: dict[str, object], told: str) -> None:
    assert not surely_heard(parsed, told)
