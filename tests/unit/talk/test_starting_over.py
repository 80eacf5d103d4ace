"""To begin the whole talk anew is asked of us; a child starts over in 9th grade."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.acts import stop
from assistant.talk.starting_over import starts_over
from assistant.talk.turn import Memory, Turn

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "start over",
        "ok lets start over please",
        "can we begin again",
        "forget all that and start over",
        "reset",
        "new question",
    ],
)
def test_start_over_said_to_us(text: str) -> None:
    assert starts_over(Turn(text, "stop"))


@pytest.mark.parametrize(
    "text",
    [
        "does she start over",
        "do they have to start over with the testing",
        "he has to start over in 9th grade",
        "can the school reset his plan",
    ],
)
def test_start_over_said_of_somebody(text: str, small: Library) -> None:
    turn = Turn(text, "stop", ("stop", "ask_team"), (), (), (0.5, 0.3))
    assert not starts_over(turn)
    _, after = stop(turn, Memory(plan="iep", limits_told=True), small, DAY)
    assert after.plan == "iep"
