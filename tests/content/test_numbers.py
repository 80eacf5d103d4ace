"""Each number in what a parent reads stands in one of the facts that the text lists.

A number counts with its unit ("60 days", "age 3", "ages 3 to 5", "15 workers", "10 percent"), as a date, as dollars, or
as a phone number. The fact may say it in words ("two years") or with another unit word ("10 business days").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from assistant.knowledge.checks.passages import SCRIPT, Passage, everything
from assistant.knowledge.library import library
from assistant.knowledge.source import CONTENT, read

WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
UNIT = (
    r"(?:calendar |school |business |working )?(?:day|week|month|year|hour|minute)s?\b|"
    r"(?:or more )?(?:workers|employees)\b|categories\b|groups\b|percent\b|%"
)
NUMBER = rf"\d[\d,]*|\b(?:{'|'.join(WORDS)})\b"
COUNTED = re.compile(rf"({NUMBER})(?:[- ](?:to|or|and)[- ]({NUMBER}))?[- ]({UNIT})", re.IGNORECASE)
AGE = re.compile(
    r"\b(?:ages?|aged|under|turn(?:s|ing|ed)?|until|by age|almost|at|from) (\d{1,2})\b(?:(?: to| through| and|-) ?(\d{1,2})\b)?"
    r"(?! (?:CFR|U\.S|percent|school|calendar|business|days?|weeks?|months?|years?|a\.m|p\.m))",
    re.IGNORECASE,
)
PHONE = re.compile(r"\b(?:1-)?\d{3}-\d{3}-\d{4}\b|(?<=tel:)\d+")
DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONEY = re.compile(r"\$\d(?:[\d,]*\d)?")
EXAMPLE = re.compile(r"\(e\.g\.[^)]*\)|\"[^\"]*\"")
"""What somebody may say or write, in quotes: "Only $500" is the school's line, not a fact."""
CALLED = " ".join(str(line) for row in read(CONTENT / "en" / "contacts.yml").data for line in row.values())
"""Whom to call, each number with its source."""
STEMS = ("day", "week", "month", "year", "hour", "minute")
"""A counted value has to stand before the same unit in the fact: 45 days are not 45 percent."""

PASSAGES = [
    passage
    for passage in everything()
    if passage.kind in ("short", "more", "simple", "note", "says", "after_state", "urgent", SCRIPT)
    and passage.file.path.name != "crisis.yml"
]
BLANK = re.compile(r"\[[^\]]*\](?!\()")
"""What a parent fills in: "[two] days" is no claim."""
ADVICE = {
    row["point"]: set(row["numbers"])
    for row in yaml.safe_load(Path(__file__).with_name("advice.yml").read_text(encoding="utf-8"))
}
"""Numbers of a point that state no rule: a log of one week, a talk of ten minutes, an example. Each was read by somebody."""


MONTHS = "january february march april may june july august september october november december".split()


def digits(text: str) -> str:
    """Return the text with number words as digits, months in full, commas within numbers taken out."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower())
    for month in MONTHS:
        text = re.sub(rf"\b{month[:3]}t?\. (?=\d)", f"{month} ", text)
    return re.sub(rf"\b(?:{'|'.join(WORDS)})\b", lambda word: WORDS[word[0]], text).replace("third", "3")


def numbers(text: str) -> list[str]:
    """Return what has to be backed: counted things, ages, phone numbers, dates, years, money."""
    text = BLANK.sub(" ", re.sub(r"https?://\S+", "", text))
    said = EXAMPLE.sub("", text)
    found = [match[0] for match in PHONE.finditer(text)]
    found += [match[0] for match in DATE.finditer(said)]
    rest = DATE.sub("", PHONE.sub("", said))
    for match in COUNTED.finditer(rest):
        stem = next((stem for stem in STEMS if stem in match[3].lower()), "")
        found += [f"{value} {stem}".strip() for value in match.groups()[:2] if value]
    found += [value for match in AGE.finditer(rest) for value in match.groups() if value]
    found += [match[0] for match in (*YEAR.finditer(rest), *MONEY.finditer(rest))]
    return list(dict.fromkeys(digits(value) for value in found))


def backing(facts: Iterable[str]) -> str:
    """Return the words of some facts, their caveats and cites, numbers as digits."""
    known = library().facts
    return digits(" ".join(f"{known[f].text} {known[f].caveat} {known[f].cite}" for f in facts))


def stands_in(value: str, words: str) -> bool:
    if value.isdigit() and len(value) >= 10:  # tel:18004224453
        return value.removeprefix("1") in re.sub(r"\D", "", words)
    number, _, stem = value.partition(" ")
    if stem in STEMS:  # "45 days", "180-day limit", "10 or more business days", "30 to 60 school days"
        return (
            re.search(
                rf"(?<![\d.]){number}(?:[- ](?!\d)\w+){{0,3}}?[- ](?:\d+[- ])?(?:\w+[- ])?{stem}", words
            )
            is not None
        )
    return re.search(rf"(?<![\d.]){re.escape(value)}(?![\d(])", words) is not None


def unbacked(passage: Passage) -> list[str]:
    """Return the numbers of a text that neither its facts nor the list of numbers to call have."""
    words = f"{backing(passage.facts)} {CALLED}"
    return [value for value in numbers(passage.text) if not stands_in(value, words)]


def advised(passage: Passage) -> set[str]:
    """Return the numbers that are known as advice in the point that says the passage."""
    return ADVICE.get(f"{passage.file.path.parent.name}/{passage.file.path.stem}", set())


def test_every_number_stands_in_a_fact_that_its_text_lists() -> None:
    faults = [
        f"{passage.finding(f'{value} stands in none of its facts').line} {passage.file.path.name} {passage.name} {passage.kind}: {value}"
        for passage in PASSAGES
        for value in unbacked(passage)
        if value not in advised(passage)
    ]
    assert faults == []


def test_a_number_that_counts_as_advice_is_said_and_rests_on_no_fact() -> None:
    said: dict[str, set[str]] = {}
    for passage in PASSAGES:
        said.setdefault(f"{passage.file.path.parent.name}/{passage.file.path.stem}", set()).update(
            unbacked(passage)
        )
    left = {point: values - said.get(point, set()) for point, values in ADVICE.items()}
    assert {point: values for point, values in left.items() if values} == {}, "take it out of advice.yml"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("The 60-day limit, or 10 or 20 school days", ["60 day", "10 day", "20 day"]),
        ("Within two years, ages 3 to 5, or once he turns 16", ["2 year", "3", "5", "16"]),
        ("Districts with 15 or more employees: call 800-421-3481", ["800-421-3481", "15"]),
        ("Since June 16, 2026", ["june 16, 2026"]),
        ('They say "only $500" and "in 90 days".', []),
    ],
)
def test_numbers_are_found(said: str, found: list[str]) -> None:
    assert numbers(said) == found


@pytest.mark.parametrize(
    ("value", "fact", "backed"),
    [
        ("45 day", "never later than 45 days after the request", True),
        ("60 day", "a one-year limit, 60-day decision", True),
        ("10 day", "more than 10 school days in a row", True),
        ("30 day", "30 to 60 school days", True),
        ("2 year", "within two years of when", True),
        ("3", "by the third birthday", True),
        ("45 day", "45 percent of it", False),
        ("10 day", "30 to 60 school days", False),
        ("18", "34 CFR 300.180", False),
    ],
)
def test_a_number_is_backed_by_the_same_number_with_its_unit(value: str, fact: str, backed: bool) -> None:
    assert stands_in(value, digits(fact)) is backed


def test_a_state_quotes_only_its_own_sourced_number() -> None:
    sentence = library().answers["ask_timeline"].by_state
    assert "{rule}" in sentence["known"] and not numbers(sentence["known"])
