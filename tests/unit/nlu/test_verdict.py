"""A point has a rival where the next one is nearly as likely; further questions are read behind the one before them, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from assistant.nlu.gates import Gates
from assistant.nlu.leaning import Before
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.verdict import Doubts, Verdict

TEAM, LATE = "ask_team/who_must_come", "ask_team/comes_late"
NOTES = "ask_records/meeting_notes"


def guess(*points: tuple[str, float], leans: float = 0.0, **intents: float) -> Guess:
    """Return a guess of points; a topic is as likely as its points."""
    for name, share in points:
        intents[name.partition("/")[0]] = intents.get(name.partition("/")[0], 0.0) + share
    return Guess(tuple(sorted(intents.items(), key=lambda row: -row[1])), points, leans)


class Known:
    """A model that knows a few messages by heart, alone or behind others."""

    def __init__(self, **known: Guess) -> None:
        self.known = {text.replace("_", " "): meant for text, meant in known.items()}
        self.asked: list[str] = []
        self.following: tuple[tuple[str, float], ...] = ()

    def wishes_letter(self, text: str) -> float:
        return 0.0

    def danger(self, text: str) -> float:
        return 0.95 if "run smoother" in text else 0.0

    def guess(self, text: str, before: str = "", told: Sequence[str] = ()) -> Guess:
        self.asked.append(f"{before} > {text}" if before else text)
        return replace(self.known[text.lower().rstrip("?")], following=tuple(self.following for _ in told))


def verdict(text: str, model: Known, before: Before | None = None) -> Verdict:
    return Verdict.of(text, [], cast(QuestionModel, model), Gates(), Doubts(), before)


@pytest.mark.parametrize(
    "points, rival, unsure",
    [
        (((TEAM, 0.45), (NOTES, 0.4)), NOTES, True),
        (((TEAM, 0.45), (LATE, 0.4)), LATE, True),
        (((TEAM, 0.6), (NOTES, 0.3)), NOTES, False),
        (((TEAM, 0.8), (NOTES, 0.15)), NOTES, False),
        (((TEAM, 0.4), (NOTES, 0.1)), NOTES, False),
        (((TEAM, 0.9), (NOTES, 0.1)), "", False),
        (((TEAM, 0.45), ("ask_team", 0.4)), "", False),
        (((TEAM, 0.9),), "", False),
    ],
)
def test_the_rival_is_the_second_point_where_the_first_is_not_far_likelier(
    points: tuple[tuple[str, float], ...], rival: str, unsure: bool
) -> None:
    found = verdict("who has to be there", Known(who_has_to_be_there=guess(*points)))
    assert (found.point, found.rival, found.unsure) == (TEAM, rival, unsure)


def test_two_questions_stand_in_the_order_they_were_asked() -> None:
    text = "who has to be there? do I get the notes?"
    model = Known(
        who_has_to_be_there=guess((TEAM, 0.9)), do_i_get_the_notes=guess((NOTES, 0.9)),
    )  # fmt: skip
    model.known[text.rstrip("?").lower()] = guess((NOTES, 0.6), (TEAM, 0.3))
    found = verdict(text, model)
    assert [asked.point for asked in found.questions] == [TEAM, NOTES]
    assert not found.rival, "both are answered anyway"


def test_a_further_question_that_leans_is_read_behind_the_one_before() -> None:
    text = "who has to be there? can they come late?"
    model = Known(
        who_has_to_be_there=guess((TEAM, 0.9)), can_they_come_late=guess((LATE, 0.9), leans=0.9),
    )  # fmt: skip
    model.known[text.rstrip("?").lower()] = guess((TEAM, 0.9))
    verdict(text, model)
    assert "who has to be there? > can they come late?" in model.asked


@pytest.mark.parametrize(("general", "told"), [(0.5, TEAM), (0.7, None)])
def test_a_point_nearly_as_likely_as_its_topic_in_general_is_told(general: float, told: str | None) -> None:
    found = verdict(
        "who has to be there", Known(who_has_to_be_there=guess(("ask_team", general), (TEAM, 0.9 - general)))
    )
    assert found.point == told


def test_danger_in_one_sentence_stands_beside_the_question() -> None:
    text = "he said the world would run smoother minus him. who has to be there?"
    model = Known(who_has_to_be_there=guess((TEAM, 0.9)))
    model.known[text.rstrip("?").lower()] = guess((TEAM, 0.9))
    found = verdict(text, model)
    assert found.point == TEAM
    assert found.ranking[1] == ("crisis", 0.5)


def test_each_question_is_read_behind_the_story_that_it_stands_in() -> None:
    text = "I want all they have on her. who has to be there? can they come late?"
    story = "I want all they have on her."
    model = Known(who_has_to_be_there=guess((TEAM, 0.9)), can_they_come_late=guess((LATE, 0.9)))
    model.known[text.rstrip("?").lower()] = guess((TEAM, 0.9))
    verdict(text, model)
    assert {f"{story} > who has to be there?", f"{story} > can they come late?"} <= set(model.asked)


def test_why_is_that_bad_is_a_question_and_no_complaint() -> None:
    model = Known(why_is_that_bad=guess((NOTES, 0.01), leans=0.95, feedback_negative=0.95, ask_records=0.03))
    before = Before("what is in the notes", (NOTES,))
    verdict("why is that bad", model, before)
    assert "what is in the notes > why is that bad" in model.asked


def test_what_parents_ask_next_counts_up_to_some_twenty_words() -> None:
    meant = Guess((("ask_bus", 1.0),), (("ask_bus/days", 0.6), ("ask_bus/price", 0.4)), 0.9)
    long = "so how is that with the money then because his father said we would have to"
    model = Known(**{long.replace(" ", "_"): meant})
    before = Before("who drives him to the new school", ("ask_bus/driver",))
    assert verdict(long, model, before).point == "ask_bus/days"
    model.following = (("ask_bus/price", 0.99),)
    assert verdict(long, model, before).point == "ask_bus/price"
    longer = f"{long} pay for it and the other one did not"
    model = Known(**{longer.replace(" ", "_"): meant})
    model.following = (("ask_bus/price", 0.99),)
    assert verdict(longer, model, before).point == "ask_bus/days"
