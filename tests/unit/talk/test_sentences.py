"""As many sentences as fit, and the first in any case."""

from __future__ import annotations

import pytest

from assistant.talk.sentences import that_fit


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (1, ["You may go."]),
        (5, ["You may go.", "Write tonight."]),
        (9, ["You may go.", "Write tonight.", "Keep a copy."]),
    ],
)
def test_sentences_are_said_as_far_as_they_fit(most: int, said: list[str]) -> None:
    assert that_fit(["You may go."], ["Write tonight.", "Keep a copy."], most) == said


def test_behind_a_sentence_that_does_not_fit_none_is_said() -> None:
    assert that_fit(["You may go."], ["A sentence of many more words.", "Write."], 6) == ["You may go."]
