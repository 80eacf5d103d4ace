"""Whether somebody has looked at it lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.knowledge.answers import side_texts
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import ContentFile

A_MONTH = timedelta(days=31)


def find(file: ContentFile, today: date) -> Iterator[Finding]:
    """Yield a review that is due, or dates that cannot be."""
    place = file.line("review_by")
    try:
        reviewed, review_by = (date.fromisoformat(file.data[key]) for key in ("reviewed", "review_by"))
    except (KeyError, ValueError):
        yield Finding(file.path, place, "reviewed, review_by: write both days as 2026-11-24.")
        return
    if review_by < today:
        yield Finding(
            file.path,
            place,
            f"the review was due on {review_by}. Read it against its facts, then set reviewed and review_by.",
        )
    if reviewed > today or review_by <= reviewed:
        yield Finding(
            file.path,
            place,
            f"reviewed {reviewed}, review_by {review_by}: the first lies in the past, the second after it.",
        )


def find_moving(answer: ContentFile, facts: Facts) -> Iterator[Finding]:
    """Yield an answer that rests on moving news and is read again later than in a month."""
    data = answer.data
    listed = [data["facts"], *(part["facts"] for _, part in side_texts(data))]
    moving = sorted(
        {
            fact
            for ids in listed
            for row in ids.values()
            for fact in row
            if fact in facts and facts[fact].recheck == "monthly"
        }
    )
    try:
        reviewed, review_by = (date.fromisoformat(data[key]) for key in ("reviewed", "review_by"))
    except (KeyError, ValueError):
        return  # find() says so
    if moving and review_by - reviewed > A_MONTH:
        yield Finding(
            answer.path,
            answer.line("review_by"),
            f"{', '.join(moving)} may change any day. Set review_by at most a month after reviewed.",
        )
