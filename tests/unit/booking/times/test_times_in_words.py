"""A table of times as parents type them, and that a time means the same in every spelling."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.booking.times.constraint import Office, TimeConstraint
from assistant.booking.times.words import understand
from tests.unit.booking.times.test_words import NOW, SEATTLE

TABLE: dict[str, str | None] = yaml.safe_load(
    (Path(__file__).parent / "times_in_words.yml").read_text(encoding="utf-8")
)
OPEN = Office(time(8), time(20))


def said_back(text: str) -> str | None:
    constraint = understand(text, NOW, SEATTLE)
    if constraint is None:
        return None
    return constraint.words() + (f" [{constraint.zone}]" if constraint.zone else "")


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 300


@pytest.mark.parametrize("text", TABLE)
def test_none_of_the_phrases_is_silently_wrong(text: str) -> None:
    assert said_back(text) == TABLE[text]


@pytest.mark.parametrize("text", [text for text in TABLE if TABLE[text] and len(text) > 3])
def test_what_is_not_understood_makes_the_whole_sentence_not_understood(text: str) -> None:
    assert understand(f"{text} blursday", NOW, SEATTLE) is None


# Every spelling

_BLANKS = st.sampled_from([" ", "  ", " \n"])
_HOURS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}  # fmt: skip
_AMOUNT = {"am": ("am", "AM", "a.m.", "a", " am", " AM", " a.m.", " A.M."), "pm": ("pm", "PM", "p.m.", "p", " pm", " PM", " p.m.", " P.M.")}  # fmt: skip


@st.composite
def spelled(draw: st.DrawFn, at: time, *, half: bool = True) -> str:
    """Return a spelling of a time, with its am or pm unless told otherwise."""
    hour, pm = at.hour % 12 or 12, at.hour >= 12
    if at == time(12) and draw(st.booleans()):
        return "noon"
    if draw(st.integers(0, 5)) == 0 and at.hour >= 13:
        return f"{at.hour}:{at.minute:02}"
    minutes = f":{at.minute:02}" if at.minute else draw(st.sampled_from(["", ":00"]))
    if not half:
        return f"{hour}{minutes}"
    suffix = draw(st.sampled_from(_AMOUNT["pm" if pm else "am"]))
    word = not minutes and suffix.startswith(" ") and draw(st.booleans())
    return f"{_HOURS.get(hour, hour) if word else hour}{minutes}{suffix}"


times = st.builds(time, st.integers(8, 19), st.sampled_from([0, 30]))
DAYS = st.sampled_from([("", ""), ("tuesday ", ""), ("", " on tuesday"), ("tues, ", ""), ("", " tuesday")])


RANGES = st.one_of(
    st.tuples(
        st.sampled_from(["", "from ", "anytime from "]),
        st.sampled_from(
            [" to ", "-", " - ", "–", " — ", " until ", " till ", " til ", " thru ", " through "]
        ),
    ),
    st.tuples(
        st.sampled_from(["between ", "btw ", "anytime between "]),
        st.sampled_from([" and ", " & ", " to ", " - "]),
    ),
)
AFTER = (
    "after {}|from {}|from {} on|{} or later|{} or after|{} onwards|{} and later|{}+|not before {}"
    "|no earlier than {}|any time after {}|starting at {}|past {}|{} at the earliest"
).split("|")
BEFORE = (
    "before {}|by {}|until {}|{} or earlier|{} or before|no later than {}|not after {}|not later than {}"
    "|any time before {}|{} at the latest"
).split("|")


@settings(max_examples=500, deadline=None)
@given(data=st.data(), start=times, end=times, day=DAYS)
def test_a_range_is_the_same_constraint_in_every_spelling(
    data: st.DataObject, start: time, end: time, day: tuple[str, str]
) -> None:
    if start >= end:
        start, end = end, start
    if start == end:
        return
    lead, joint = data.draw(RANGES)
    text = f"{day[0]}{lead}{data.draw(spelled(start))}{joint}{data.draw(spelled(end))}{day[1]}"
    blank = data.draw(_BLANKS)
    constraint = understand(text.replace(" ", blank), NOW, SEATTLE, OPEN)
    assert constraint is not None, text
    assert (constraint.earliest, constraint.latest, constraint.exact) == (start, end, ()), text
    assert len(constraint.days) == bool("".join(day)), text


@settings(max_examples=300, deadline=None)
@given(data=st.data(), at=times, day=DAYS)
def test_a_bound_is_the_same_constraint_in_every_spelling(
    data: st.DataObject, at: time, day: tuple[str, str]
) -> None:
    written = data.draw(spelled(at))
    after = data.draw(st.booleans())
    form = data.draw(st.sampled_from(AFTER if after else BEFORE))
    text = f"{day[0]}{form.format(written)}{day[1]}"
    constraint = understand(text, NOW, SEATTLE, OPEN)
    assert constraint is not None, text
    assert (constraint.earliest, constraint.latest, constraint.exact) == (
        (at, None) if after else (None, at)
    ) + ((),), text


@settings(max_examples=200, deadline=None)
@given(data=st.data(), at=times, day=DAYS)
def test_a_time_is_the_same_in_every_spelling(data: st.DataObject, at: time, day: tuple[str, str]) -> None:
    text = f"{day[0]}{data.draw(spelled(at))}{day[1]}"
    constraint = understand(text, NOW, SEATTLE, OPEN)
    assert constraint is not None, text
    assert constraint.exact == (at,), text


@settings(max_examples=150, deadline=None)
@given(data=st.data(), at=st.builds(time, st.integers(9, 16), st.sampled_from([0, 30])))
def test_without_am_or_pm_the_one_within_the_office_is_meant(data: st.DataObject, at: time) -> None:
    constraint = understand(f"at {data.draw(spelled(at, half=False))}", NOW, SEATTLE)
    assert constraint == TimeConstraint(exact=(at,))
