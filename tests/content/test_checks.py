"""Content passes its own checks today; a review that comes due turns them red."""

from datetime import date

from assistant.knowledge import check


def test_content_passes() -> None:
    assert [str(finding) for finding in check.findings(date(2026, 11, 24))] == []


def test_an_overdue_review_turns_them_red() -> None:
    assert any("the review was due" in str(finding) for finding in check.findings(date(2027, 12, 1)))
