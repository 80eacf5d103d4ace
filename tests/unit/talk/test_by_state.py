"""A known state: no other is named, its own rule leaves one rule standing, and its name is said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import library
from assistant.knowledge.packs import StateFact
from assistant.knowledge.points import Point
from assistant.talk.by_state import at_home, day_in_words, helpers, no_room, with_state
from assistant.talk.phrases import PHRASES
from assistant.talk.understanding import Question

TEXT = "1. **To test:** 60 days. Some states differ. California says 15 days. Ask tonight.\n2. In Texas it is the ARD."


def asking(state: str | None) -> Question:
    return Question("ask_timeline", "iep", state=state)


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (None, TEXT),
        ("Ohio", "1. **To test:** 60 days. Some states differ. Ask tonight."),
        ("Texas", "1. **To test:** 60 days. Some states differ. Ask tonight.\n2. In Texas it is the ARD."),
        ("California", "1. **To test:** 60 days. Some states differ. California says 15 days. Ask tonight."),
    ],
)
def test_sentences_of_other_states_are_left_out(state: str | None, left: str) -> None:
    assert at_home(TEXT, asking(state), library()) == left


def test_a_state_within_anothers_name_is_no_other_state() -> None:
    text = "West Virginia has its own team."
    assert at_home(text, asking("West Virginia"), library()) == text


def point() -> Point:
    return library().points["ask_timeline/days_to_test"]


def test_after_the_rule_come_the_words_for_it_and_no_second_limit() -> None:
    pack = library().packs["North Carolina"]
    said = with_state(point(), "iep", pack.first(point().states, "iep"), pack, 80, "iep")
    assert said.startswith("In North Carolina: The school has 90 calendar days")
    assert said.endswith(point().after_state["iep"])
    assert "60" not in said


def test_for_a_504_plan_a_rule_for_ieps_is_said_to_be_one() -> None:
    said = with_state(point(), "504", None, library().packs["Texas"], 80, "504")
    assert said.endswith(PHRASES.state_iep_only.format(state="Texas"))


def test_words_that_leave_it_to_the_states_say_of_a_named_one_that_it_was_not_checked() -> None:
    pack = library().packs["Texas"]
    left = replace(
        point(), states=(), says={"either": "Some states ask for a form. Email the nurse tonight."}
    )
    assert with_state(left, "either", None, pack, 80, None).endswith(
        PHRASES.state_unknown.format(state="Texas")
    )
    assert with_state(left, "either", None, None, 80, None) == left.says["either"]
    federal = replace(left, says={"either": "The state complaint is free. Email the nurse tonight."})
    assert with_state(federal, "either", None, pack, 80, None) == federal.says["either"]


def test_a_rule_that_names_its_state_is_not_named_again() -> None:
    pack = library().packs["Virginia"]
    own = StateFact("evaluation_clock", "Virginia gives 65 business days.", "", "", "high")
    said = with_state(point(), "either", own, pack, 80, None)
    assert said.startswith("For an IEP: Virginia gives 65 business days.")
    assert said.count("Virginia") == 1


def test_the_district_is_named_with_its_article() -> None:
    pack = library().packs["District of Columbia"]
    said = with_state(point(), "iep", pack.first(point().states, "iep"), pack, 80, "iep")
    assert said.startswith("In the District of Columbia: ")


def test_several_helpers_are_a_list_under_the_day_longest_ago() -> None:
    pack = library().packs["California"]
    office = replace(pack.facts["state_complaint.office"], read=date(2026, 11, 30))
    free = replace(pack.facts["protection_advocacy"], read=date(2026, 11, 2))
    changed = replace(
        pack, facts={**pack.facts, "state_complaint.office": office, "protection_advocacy": free}
    )
    asked = replace(point(), helps=("protection_advocacy", "state_complaint.office"))
    lines = helpers(asked, changed, None, "iep").split("\n")
    assert lines[0] == PHRASES.helpers_list.format(day="November 2, 2026")
    assert lines[1:] == [f"- {free.says}", f"- {office.says}"]
    assert helpers(asked, None, None, None) == ""


def test_whom_to_write_to_gives_way_to_a_long_rule() -> None:
    own = library().packs["Texas"].facts["evaluation_clock"]
    assert no_room(point(), own, "word " * 80, "Write to: the principal.")
    assert not no_room(point(), own, "word " * 20, "Write to: the principal.")
    assert not no_room(point(), None, "word " * 80, "Write to: the principal.")


def test_a_day_is_written_out() -> None:
    assert day_in_words(date(2026, 11, 3)) == "November 3, 2026"
