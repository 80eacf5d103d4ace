"""Whether somebody has looked at it lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import ContentFile


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
