"""Each condition's words are short, plain and complete."""

import re

import pytest

from assistant.knowledge.answers import Text
from assistant.knowledge.checks.reading import grade
from assistant.knowledge.conditions import Condition
from assistant.knowledge.library import library

CONDITIONS = list(library().conditions.values())


def texts(condition: Condition) -> list[Text]:
    return list(condition.texts.values())


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_it_is_short_and_plain(condition: Condition) -> None:
    for text in texts(condition):
        assert len(text.short.split()) <= 45, text.short
        assert grade(text.short) <= 8, text.short
        assert not text.more or grade(text.more) <= 8, text.more
        assert text.simple and grade(text.simple) <= 5.5, text.simple


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_each_plan_has_its_own_answer(condition: Condition) -> None:
    assert {"504", "iep", "either"} <= set(condition.texts)
    assert len({text.short for text in texts(condition)}) == len(condition.texts)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_it_has_enough_supports_to_choose_from(condition: Condition) -> None:
    assert 8 <= len(condition.supports) <= 12
    assert len(set(condition.supports)) == len(condition.supports)


@pytest.mark.parametrize(
    "condition", [c for c in CONDITIONS if c.medical], ids=lambda condition: condition.id
)
def test_a_medical_condition_speaks_of_nurse_trips_and_absences(condition: Condition) -> None:
    said = " ".join([*condition.supports, *(f"{text.short} {text.more}" for text in texts(condition))])
    for word in ("nurse", "trip"):
        assert word in said
    assert re.search(r"absences|missed (?:work|lessons)|missed days", said, re.IGNORECASE)


def test_no_alias_is_a_short_ordinary_word() -> None:
    ordinary = {"add", "pots", "panic", "worry", "walker", "speech", "tic", "nuts", "cp"}
    assert not ordinary & {alias for condition in CONDITIONS for alias in condition.aliases}
