"""A mistake in how an expectation is written is named."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.replay.kinds import KINDS

RIGHT: dict[str, Any] = {
    "bot": "Hello", "text_contains": ["60 days", "school days"], "words_at_most": "80", "answer": {"point": "a/b", "plan": "iep"},
    "bot_uttered": {"buttons": [{"title": "IEP"}]}, "slot_was_set": [{"name": "plan"}], "mail_sent": {"to": "dana"},
    "no_personal_data_kept": "true",
}  # fmt: skip
WRONG: dict[str, tuple[Any, str]] = {
    "bot": ("", "needs a text"),
    "text_contains": ([], "needs a text or a list of texts"),
    "words_at_most": ("few", "needs a whole number"),
    "answer": ({"topic": "a"}, "needs `intent`"),
    "bot_uttered": ({"text_matches": "("}, "text_matches is no valid pattern"),
    "slot_was_set": (["plan"], "needs a list of `name` and `value`"),
    "mail_sent": ({"from": "us"}, "needs"),
    "no_personal_data_kept": ("false", "needs true"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_written_well_is_taken_and_what_is_not_is_named(kind: str) -> None:
    assert KINDS[kind].mistake(RIGHT[kind]) == ""
    wrong, says = WRONG[kind]
    assert KINDS[kind].mistake(wrong).startswith(says)
