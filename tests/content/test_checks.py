"""Content passes its own checks; a review that comes due is a finding of `make check`, and no red test on some day."""

from datetime import date

from assistant import clock
from assistant.knowledge import check


def test_content_passes() -> None:
    found = [str(finding) for finding in check.findings(clock.now().date())]
    assert [finding for finding in found if "the review was due" not in finding] == []


def test_an_overdue_review_turns_them_red() -> None:
    assert any("the review was due" in str(finding) for finding in check.findings(date(2027, 12, 1)))
