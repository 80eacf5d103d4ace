"""A time in Spanish means what its English twin means, in every spelling; what is not understood is no guess."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.booking.times.constraint import Office, TimeConstraint
from assistant.booking.times.spanish_times import in_english, without_spanish_times
from assistant.booking.times.words import understand
from tests.unit.booking.times.test_words import NOW, SEATTLE

TABLE: dict[str, str | None] = yaml.safe_load(
    (Path(__file__).parent / "times_in_spanish.yml").read_text(encoding="utf-8")
)
OPEN = Office(time(8), time(20))
_NUMBERS = "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce".split()


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 120


@pytest.mark.parametrize("text", TABLE)
def test_none_of_the_phrases_is_silently_wrong(text: str) -> None:
    english = TABLE[text]
    meant = understand(english, NOW, SEATTLE) if english else None
    assert english is None or meant is not None, f"{english} is not understood either"
    assert understand(text, NOW, SEATTLE) == meant


@pytest.mark.parametrize("text", [text for text in TABLE if TABLE[text]])
def test_what_is_not_understood_makes_the_whole_sentence_not_understood(text: str) -> None:
    assert understand(f"{text} blurnes", NOW, SEATTLE) is None


@st.composite
def spelled(draw: st.DrawFn, at: time) -> str:
    """Return a spelling of an hour or half hour between noon and 7 PM, without its half of the day."""
    hour = at.hour % 12 or 12
    number = draw(st.sampled_from([str(hour), _NUMBERS[hour]]))
    if not at.minute:
        return number
    return draw(st.sampled_from([f"{number} y media", f"{hour}:30"]))


times = st.builds(time, st.integers(13, 18), st.sampled_from([0, 30]))
DAYS = st.sampled_from(["", "el martes ", "martes ", "Martes, "])


def _la(spelling: str) -> str:
    return f"{'la' if spelling.split(':')[0].split()[0] in ('1', 'una') else 'las'} {spelling}"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_range_is_the_same_in_every_spelling(data: st.DataObject) -> None:
    first, last = sorted(data.draw(st.lists(times, min_size=2, max_size=2, unique=True)))
    day = data.draw(DAYS)
    one, other = data.draw(spelled(first)), data.draw(spelled(last))
    lead, between, article = data.draw(
        st.sampled_from(
            [("de ", " a ", False), ("de ", " a ", True), ("entre ", " y ", True), ("entre ", " y ", False)]
        )
    )
    if article:
        one, other = _la(one), _la(other)
    text = f"{day}{lead}{one}{between}{other}"
    understood = understand(text, NOW, SEATTLE, OPEN)
    assert isinstance(understood, TimeConstraint), text
    assert (understood.earliest, understood.latest, understood.exact) == (first, last, ()), text
    assert bool(understood.days) == bool(day), text


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_bound_is_the_same_in_every_spelling(data: st.DataObject) -> None:
    at = data.draw(times)
    word, earliest = data.draw(
        st.sampled_from([("después de", True), ("a partir de", True), ("desde", True), ("antes de", False)])
    )
    text = f"{data.draw(DAYS)}{word} {_la(data.draw(spelled(at)))}"
    understood = understand(text, NOW, SEATTLE, OPEN)
    assert understood is not None, text
    assert (understood.earliest if earliest else understood.latest) == at, text


def test_english_stays_as_it_is() -> None:
    for text in ("friday at 5", "la mesa", "total", "no", "me and her"):
        assert in_english(text) == text


def test_a_clause_without_its_times() -> None:
    assert without_spanish_times("cambia la llamada para el martes") == "cambia la llamada"
    assert without_spanish_times("quiero una cita") == "quiero una cita"
