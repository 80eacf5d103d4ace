"""What words about a call ask for."""

from __future__ import annotations

import pytest

from actions.change.words import of_ours, wished_change


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("cancel my call", "cancel"),
        ("so I won't be needing the free call, take me off", "cancel"),
        ("need to move tuesdays call", "move"),
        ("cant make our call at 3", "move"),
        ("make it 2 instead of 1", "move"),
        ("what time is my consultation", None),
        ("how late can I cancel the consultation", None),
    ],
)
def test_what_is_wanted_is_read_from_the_words(words: str, wish: str | None) -> None:
    assert wished_change(words) == wish


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("can you cancel the meeting with the school", False),
        ("make them move the other kid", False),
        ("can they cancel his speech services", False),
        ("i need to cancel my call", True),
        ("can we reschedule", True),
        ("move my appointment with you to after the iep meeting", True),
    ],
)
def test_a_call_is_changed_only_where_it_is_named(text: str, ours: bool) -> None:
    assert of_ours(text) == ours
