"""The report shows every text with grade, sources, review date and the line to edit."""

from datetime import date
from pathlib import Path

import pytest

from assistant.knowledge.library import library
from assistant.knowledge.report import page, rows
from assistant.knowledge.source import CONTENT, topic_file


@pytest.fixture(scope="module")
def written() -> str:
    return page(library(), date(2026, 12, 1), CONTENT.parent / "var")


def test_each_question_and_plan_has_a_row() -> None:
    shown = {(row.answer.intent, row.plan) for row in rows(library()) if not row.asked}
    assert shown == {(intent, plan) for intent, answer in library().answers.items() for plan in answer.texts}


def test_each_follow_up_has_a_row() -> None:
    shown = {(row.answer.intent, row.asked) for row in rows(library()) if row.asked}
    assert shown == {(i, asked) for i, answer in library().answers.items() for asked in answer.follow_ups}


def test_the_line_leads_to_the_text() -> None:
    for row in rows(library()):
        lines = topic_file(row.answer.intent).read_text().splitlines()
        assert row.plan in lines[row.line - 1]


def test_a_reviewer_sees_words_sources_dates_and_file(written: str) -> None:
    title = "<small>ask_timeline</small>"
    timeline = next(row for row in written.split("<tr") if title in row and "<td>IEP</td>" in row)
    for part in ("60 days", "short ", "https://www.ecfr.gov/current/title-34/section-300.301", "2027-05-24"):
        assert part in timeline
    assert 'href="../content/en/answers/ask_timeline/topic.yml"' in timeline


def test_an_overdue_review_stands_out(written: str) -> None:
    assert '<td class="over">' not in written
    assert '<td class="over">' in page(library(), date(2028, 1, 1), Path("/tmp"))
