"""Answers about the assistant name its owner and its terms of keeping from content/consultation.yml."""

import re
from pathlib import Path

import pytest

from assistant.knowledge.answers import load_answers
from assistant.knowledge.facts import Facts
from assistant.knowledge.organisation import own_words, with_own_numbers
from assistant.knowledge.phrases import PHRASES
from assistant.knowledge.source import ContentError
from assistant.settings import TOP

CONSULTATION = """
organisation: {name: Help at School, short: HAS, email: hello@has.example.org, phone: ""}
call: {minutes: 20}
retention: {talks_days: 14, calls_days: 60}
"""
ANSWER = """
title: What happens to what I write?
texts: {{either: {{short: "{short}"}}}}
facts: {{either: [s504_legally_binding]}}
offer_call: "false"
reviewed: "2026-11-24"
review_by: "2027-05-24"
"""


def _topic(folder: Path) -> Path:
    path = folder / "ask_privacy" / "topic.yml"
    path.parent.mkdir()
    return path


def test_the_owners_words_come_from_the_consultation(tmp_path: Path) -> None:
    path = tmp_path / "consultation.yml"
    path.write_text(CONSULTATION)
    words = own_words(path)
    assert (words["organisation"], words["talks_days"]) == ("Help at School", "14")
    assert words["contact"] == "hello@has.example.org"


def test_a_phone_number_joins_the_address_once_it_is_set(tmp_path: Path) -> None:
    path = tmp_path / "consultation.yml"
    path.write_text(CONSULTATION.replace('""', '"+1 206 555 0100"'))
    assert own_words(path)["contact"] == "hello@has.example.org or +1 206 555 0100"


def test_a_missing_term_of_keeping_is_named(tmp_path: Path) -> None:
    path = tmp_path / "consultation.yml"
    path.write_text(CONSULTATION.replace("talks_days: 14, ", ""))
    with pytest.raises(ContentError, match="talks_days"):
        own_words(path)


def test_an_answer_says_the_owners_terms(tmp_path: Path) -> None:
    _topic(tmp_path).write_text(ANSWER.format(short="Talks go after {talks_days} days."))
    answer = load_answers(Facts(), tmp_path)["ask_privacy"]
    assert answer.texts["either"].short == f"Talks go after {own_words()['talks_days']} days."


def test_a_phrase_is_filled_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "consultation.yml"
    path.write_text(CONSULTATION)
    said = {"start": "A {call_minutes}-minute call.", "lines": ["gone after {talks_days} days", "{when}"]}
    filled = {"start": "A 20-minute call.", "lines": ["gone after 14 days", "{when}"]}
    assert with_own_numbers(said, own_words(path)) == filled


def test_neither_page_nor_phrase_says_by_itself_how_long_a_talk_is_kept() -> None:
    kept = [PHRASES / "unanswered.yml", TOP / "widget" / "privacy.html"]
    assert [path.name for path in kept if re.search(r"\b\d+ days\b", path.read_text(encoding="utf-8"))] == []


def test_an_unknown_word_in_braces_is_refused(tmp_path: Path) -> None:
    _topic(tmp_path).write_text(ANSWER.format(short="Talks go after {some_days} days."))
    with pytest.raises(ContentError, match="some_days"):
        load_answers(Facts(), tmp_path)
