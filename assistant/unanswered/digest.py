"""Once a week the advocates' channel hears how many turns ended without the answer: counts alone, never a word of anybody's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from assistant.clock import now
from assistant.knowledge.library import Library, library
from assistant.talk.phrases import PHRASES
from assistant.unanswered.changes import FEWEST_PUBLISHED
from assistant.unanswered.store import DONE, NEW, NOT_OURS, WAITING, Row, Unanswered

WEEK = timedelta(days=7)
LOOK_SECONDS = 600.0
MOST_LINES = 10

log = logging.getLogger(__name__)
Post = Callable[[str], Awaitable[object]]


def week_of(moment: datetime) -> str:
    """Return the week of an instant.

    >>> from datetime import UTC
    >>> week_of(datetime(2026, 11, 30, tzinfo=UTC))
    '2026-W49'
    """
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02d}"


def digest(rows: Sequence[Row], known: Library) -> str:
    """Return the words of the digest; what fewer than five turns share is not named."""
    say = PHRASES.slack
    lines = [say["digest"].format(turns=len(rows))]
    reasons = Counter(row.why for row in rows)
    lines += [
        say["digest_line"].format(what=say[f"why_{why}"], count=count) for why, count in reasons.most_common()
    ]
    names = Counter(row.point or (row.near[0] if row.near else row.topic) for row in rows)
    often = [
        (name, count) for name, count in names.most_common(MOST_LINES) if name and count >= FEWEST_PUBLISHED
    ]
    if often:
        lines.append(say["digest_near"])
        lines += [say["digest_line"].format(what=_title(name, known), count=count) for name, count in often]
    lines.append(say["digest_end"])
    return "\n".join(lines)


def _title(name: str, known: Library) -> str:
    if name in known.points:
        return known.points[name].asks
    return known.answers[name].title if name in known.answers else name


async def run(store: Unanswered, post: Post, stop: asyncio.Event) -> None:
    """Post the digest of the week before, once over all processes, until stopped; a Slack that is away is tried again."""
    while not stop.is_set():
        try:
            await post_if_due(store, post)
        except Exception:  # the job outlives a database or a Slack that is away
            log.exception("the weekly digest could not be posted; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


async def post_if_due(store: Unanswered, post: Post) -> bool:
    """Post the digest where nobody has this week; return whether it went out."""
    moment = now()
    rows = await asyncio.to_thread(store.rows, (NEW, WAITING, NOT_OURS, DONE), moment - WEEK)
    week = week_of(moment)
    if not rows or not await asyncio.to_thread(store.digest_due, week, moment):
        return False
    try:
        await post(digest(rows, library()))
    except BaseException:
        await asyncio.to_thread(store.digest_failed, week)
        raise
    return True
