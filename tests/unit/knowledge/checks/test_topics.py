"""A topic's words count as somebody approved them; changed words ask to be read again."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.approve import approve, changed
from assistant.knowledge.checks import topics
from assistant.knowledge.source import ContentFile, read
from tests.unit.knowledge.conftest import WriteAnswer

TODAY = date(2026, 12, 1)


def problems(file: ContentFile) -> list[str]:
    return [finding.problem for finding in topics.find(read(file.path))]


def edit(file: ContentFile, before: str, after: str) -> None:
    text = file.path.read_text()
    assert before in text
    file.path.write_text(text.replace(before, after, 1))


def test_words_that_nobody_approved_are_found(write_answer: WriteAnswer) -> None:
    file = write_answer()
    [problem] = problems(file)
    assert "nobody has approved" in problem and "make approve id=ask_cost" in problem
    assert changed(file.path.parents[1]) == [file.path]
    approve(file.path, "Dana", TODAY)
    assert problems(file) == [] == changed(file.path.parents[1])


@pytest.mark.parametrize(
    ("before", "after"),
    [("It is free. Ask", "It costs. Ask"), ("title: What", "title: Whatever"), ("**A copy:**", "**Two:**")],
)
def test_words_that_changed_since_are_found(write_answer: WriteAnswer, before: str, after: str) -> None:
    file = write_answer()
    approve(file.path, "Dana", TODAY)
    edit(file, before, after)
    [problem] = problems(file)
    assert "changed since Dana approved them" in problem


def test_what_is_no_word_may_change(write_answer: WriteAnswer) -> None:
    file = write_answer()
    approve(file.path, "Dana", TODAY)
    edit(file, 'offer_call: "false"', 'status: "off"\noffer_call: "true"')
    assert problems(file) == []


def test_approving_sets_the_days_and_keeps_how_long_a_review_lasts(write_answer: WriteAnswer) -> None:
    file = write_answer(('review_by: "2027-05-24"', 'review_by: "2026-12-20"'))
    approve(file.path, "Dana", TODAY)
    data = read(file.path).data
    assert (data["reviewed"], data["review_by"]) == ("2026-12-01", "2026-12-27")
    approve(file.path, "Kim", TODAY)
    assert file.path.read_text().count("approved:") == 1
    assert read(file.path).data["approved"]["by"] == "Kim"
