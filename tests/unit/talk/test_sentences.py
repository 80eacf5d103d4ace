"""As many sentences as fit, the first in any case; of what cannot wait, the first act."""

from __future__ import annotations

import pytest

from assistant.talk.sentences import act, opening, sentences, that_fit


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


def test_an_opening_is_the_first_sentence_and_what_fits_behind_it() -> None:
    assert opening("You may go. Write tonight. Keep a copy.", 5) == "You may go. Write tonight."
    assert opening("You may go. Write tonight.", 0) == "You may go."


@pytest.mark.parametrize(
    ("urgent", "said"),
    [
        ("", ""),
        ("Hurt? Call 911 now. Then write it down.", "Hurt? Call 911 now."),
        ("Hurt? Not waking up? Call 911 now. Then write.", "Hurt? Not waking up? Call 911 now."),
        ("Is it over? Did he fall?", "Is it over? Did he fall?"),
    ],
)
def test_of_what_cannot_wait_the_first_act_is_said(urgent: str, said: str) -> None:
    assert act(urgent, 4) == said


def test_words_to_send_are_never_cut() -> None:
    text = 'You may. Email tonight: "We accept. Please hold a meeting." Note who said what.'
    assert sentences(text) == [
        "You may.",
        'Email tonight: "We accept. Please hold a meeting."',
        "Note who said what.",
    ]
    assert opening(text, 6) == "You may."
    assert opening(text, 12) == 'You may. Email tonight: "We accept. Please hold a meeting."'
