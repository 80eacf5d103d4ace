"""Words that stop, forget or change count only where they are said to us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.acts import deny, not_helpful
from assistant.talk.turn import Memory, Turn

DAY = date(2026, 12, 1)


@pytest.mark.parametrize("act", [deny, not_helpful])
def test_no_i_mean_the_other_thing_asks_it(
    act: Callable[..., object], small: Library, talking_of: Callable[[str], Memory]
) -> None:
    turn = Turn("no i mean the cost", "deny", ("deny", "ask_cost", "ask_team"), (), (), (0.99, 0.006, 0.001))
    replies, after = act(turn, talking_of("ask_meeting_prep"), small, DAY)  # type: ignore[misc]
    assert after.question == "ask_cost" and replies


@pytest.mark.parametrize("text", ["they said no", "and the principal says no", "she wont"])
def test_a_no_of_somebody_else_is_told(
    text: str, small: Library, talking_of: Callable[[str], Memory]
) -> None:
    turn = Turn(text, "deny", ("deny", "ask_cost", "ask_team"), (), (), (0.95, 0.02, 0.01))
    _, after = deny(turn, talking_of("ask_meeting_prep").with_(pending="call"), small, DAY)
    assert (after.question, after.call_declined) == ("ask_cost", False)


def test_not_what_i_asked_names_nothing_else(small: Library, talking_of: Callable[[str], Memory]) -> None:
    turn = Turn(
        "thats not what i asked", "feedback_negative", ("feedback_negative", "ask_cost"), (), (), (0.9, 0.05)
    )
    (reply,), after = not_helpful(turn, talking_of("ask_meeting_prep"), small, DAY)
    assert (reply.outcome, after.question) == ("clarify", "ask_meeting_prep")
