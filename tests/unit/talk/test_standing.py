from __future__ import annotations

import pytest

from assistant.nlu.entity_ruler import plans
from assistant.talk.standing import named_plan, stands
from assistant.talk.turn import Named, Turn


def turn(text: str) -> Turn:
    named = tuple(Named("plan", one.value, one.start, one.end) for one in plans(text))
    return Turn(text, "inform", entities=named)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("he has an iep", "held"),
        ("my son's on an IEP", "held"),
        ("she's got a 504", "held"),
        ("she already has a 504 plan", "held"),
        ("they follow nothing in it although he has a 504", "held"),
        ("my kid with an iep got suspended", "held"),
        ("he's had an iep since 2nd grade", "held"),
        ("it's an iep", "held"),
        ("can i get my daughters 504 changed", None),
        ("no iep", "lacking"),
        ("hes 5, anaphylactic. no iep. just the nurse's allergy sheet", "lacking"),
        ("we don't have an iep", "lacking"),
        ("he doesnt have a 504 yet", "lacking"),
        ("she isn't on an iep", "lacking"),
        ("he never had an iep", "lacking"),
        ("we are without a 504", "lacking"),
        ("no actual iep", "lacking"),
        ("they denied the iep", "denied"),
        ("the school denied us an iep", "denied"),
        ("they refused to give him a 504", "denied"),
        ("they said no to an iep bc grades", "denied"),
        ("the iep was denied", "denied"),
        ("our iep request got rejected", "denied"),
        ("they turned him down for an iep", "denied"),
        ("they say he doesn't qualify for an iep", "denied"),
        ("he was found not eligible for an iep", "denied"),
        ("school won't give him a 504", "denied"),
        ("they said he doesnt need an iep", "denied"),
        ("he cant get an iep this year", "denied"),
        ("we asked for an iep in september", "wanted"),
        ("i requested a 504 twice", "wanted"),
        ("we want an iep", "wanted"),
        ("i need a 504 for my daughter", "wanted"),
        ("trying to get an iep", "wanted"),
        ("how do i get a 504", "wanted"),
        ("can she get an iep for that", "wanted"),
        ("does he qualify for a 504", "wanted"),
        ("they offered us a 504", "wanted"),
        ("being tested for an iep", "wanted"),
        ("waiting on an iep", "wanted"),
        ("he had an iep till may", "ended"),
        ("had an iep until last year", "ended"),
        ("they took away his iep", "ended"),
        ("they dropped the 504", "ended"),
        ("his iep expired", "ended"),
        ("she used to have a 504", "ended"),
        ("he came off his iep in 5th grade", "ended"),
        ("they exited her from the iep", "ended"),
        ("he was on a 504 in elementary", "ended"),
        ("the teacher says she never got his 504", "held"),
        ("they won't do the iep", None),
        ("what is an iep", None),
        ("is a 504 special ed", None),
        ("who runs the 504 meeting", None),
        ("i asked for an iep meeting", None),
        ("do they have to follow the iep", None),
        ("and for a 504?", None),
    ],
)
def test_the_words_around_a_plan_tell_how_it_stands(text: str, how: str | None) -> None:
    assert [one.how for one in stands(turn(text))] == [how], text


def test_two_plans_stand_apart() -> None:
    found = stands(turn("he has a 504, they denied the iep"))
    assert [(one.plan, one.how) for one in found] == [("504", "held"), ("iep", "denied")]
    assert stands(turn("no iep, just a 504"))[0].how == "lacking"


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("no iep, just a 504", ("504", False)),
        ("no iep", ("none", False)),
        ("he has a 504, they denied the iep", ("iep", False)),
        ("she has an iep and a 504", (None, True)),
        ("it's not an iep, it's a 504", ("504", False)),
    ],
)
def test_the_plan_a_message_is_about(text: str, plan: tuple[str | None, bool]) -> None:
    assert named_plan(turn(text)) == plan


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("we asked for one in october", "wanted"),
        ("had one till may", "ended"),
        ("he doesnt have one", "lacking"),
        ("they denied us one", "denied"),
        ("she has one", "held"),
    ],
)
def test_one_means_the_plan_talked_of(text: str, how: str) -> None:
    assert [(one.plan, one.how) for one in stands(turn(text), "iep")] == [("iep", how)]
    assert stands(turn(text), None) == []
