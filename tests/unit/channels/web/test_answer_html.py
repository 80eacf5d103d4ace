"""An answer as HTML: its parts in order, each fold named, nothing twice."""

from __future__ import annotations

from typing import Any

from assistant.channels.web.answer_html import answer_html, open_answer_html

REPLY: dict[str, Any] = {
    "text": "all of it",
    "heading": "May they wait?",
    "body": "They may not just wait.",
    "write_to": "Write to: School principal.",
    "script": "I asked on [date] & wait.",
    "more": "1. one\n2. two",
    "more_title": "More: How long?",
    "ask": "Which plan is it?",
    "sources": [{"title": "34 CFR 104.35", "url": "https://www.ecfr.gov/x", "cite": "34 CFR 104.35"}],
    "answer": {"reviewed": "2026-11-29"},
    "outcome": "answered",
    "card": {
        "kind": "contact",
        "role": "School principal",
        "how": "By email.",
        "say": "I asked on [date] & wait.",
    },
}
BUTTONS = "<form>IEP</form>"
ROWS = [
    {"head": head, "cells": ["a", "**b**"]}
    for head in ("For", "Inside", "Who leads", "If you disagree", "Law")
]
COMPARED = {"kind": "compare", "columns": [{"title": "504 plan"}, {"title": "IEP"}], "rows": ROWS}


def test_the_parts_stand_in_the_order_of_the_widget() -> None:
    said = answer_html(REPLY, BUTTONS)
    parts = [
        "<h2>May they wait?",
        "They may not",
        "Which plan is it?",
        BUTTONS,
        "Write to: School",
        "More: How long?",
        "<summary>Sources",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert "all of it" not in said
    assert said.count("I asked on [date]") == 1


def test_buttons_that_answer_no_question_come_last() -> None:
    assert answer_html({**REPLY, "ask": ""}, BUTTONS).endswith(BUTTONS)


def test_words_of_danger_are_shown_whole_and_whom_to_call_right_after_the_first() -> None:
    said = answer_html({**REPLY, "outcome": "crisis", "text": "I am so sorry.\n\nCall now."}, "")
    places = [said.index(part) for part in ("I am so sorry", "tel:988", "sms:988", "tel:911", "Call now")]
    assert places == sorted(places)
    assert "<details" not in said


def test_a_letter_is_read_once_and_can_be_taken_along() -> None:
    files = {
        "mailto": "mailto:?subject=S",
        "docx": "/v1/a.docx",
        "txt": "/v1/a.txt",
        "print": "javascript:alert()",
    }
    letter = {
        "name": "Ask for testing",
        "subject": "S",
        "body": "Dear [name] & all",
        "to": "Principal",
        "copy": ["Nurse"],
        "files": files,
    }
    said = answer_html(
        {**REPLY, "body": "", "text": "Here it is.\n\nDear [name] & all", "letter": letter}, ""
    )
    assert said.count("Dear <mark>[name]</mark> &amp; all") == 1
    assert "Copy to: Nurse" in said
    assert 'href="/v1/a.docx"' in said
    assert "javascript:" not in said


def test_a_citation_is_not_said_twice() -> None:
    assert answer_html(REPLY, "").count("34 CFR 104.35") == 1


def test_a_comparison_is_a_table_with_four_rows_seen() -> None:
    said = answer_html({**REPLY, "card": COMPARED}, "")
    first, _, others = said.partition("<details")
    assert first.count('scope="row"') == 4
    assert "More: law" in others
    assert said.count('scope="col"') == 4
    assert answer_html({**REPLY, "card": {**COMPARED, "rows": []}}, "").count("<table") == 0


def test_a_page_of_its_own_folds_nothing() -> None:
    said = open_answer_html(REPLY)
    assert "<details" not in said
    assert "<blockquote>I asked on [date] &amp; wait.</blockquote>" in said
    assert "mailto:?body=I%20asked%20on%20%5Bdate%5D%20%26%20wait." in said
    assert "November 29, 2026" in said
    assert open_answer_html({**REPLY, "card": COMPARED}).count('scope="row"') == 5
