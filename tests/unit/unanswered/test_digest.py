from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.clock import set_clock
from assistant.knowledge.library import library
from assistant.unanswered.digest import digest, post_if_due
from assistant.unanswered.store import Unanswered

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
POINT = "ask_placement/who_decides"


@pytest.fixture
def store(tmp_path):
    set_clock(lambda: NOW)
    made = Unanswered(f"sqlite:///{tmp_path / 'talks.db'}", b"s" * 32)
    about = {
        "why": "no_answer",
        "near": [POINT],
        "topic": "ask_placement",
        "point": "",
        "plan": "",
        "state": "",
    }
    for number in range(5):
        made.note(f"t{number}", "m", about, "web", "v", "words", NOW)
    made.note(
        "t9", "m", about | {"near": ["ask_placement/alone_in_hall_or_office"]}, "web", "v", "words", NOW
    )
    yield made
    set_clock(None)


def test_only_what_five_share_is_named(store) -> None:
    said = digest(store.rows(), library())
    assert "6 turns" in said
    assert f"{library().points[POINT].asks}: 5" in said
    assert library().points["ask_placement/alone_in_hall_or_office"].asks not in said


async def test_it_is_posted_once_a_week_and_again_where_slack_was_away(store) -> None:
    posted = []

    async def away(text: str) -> None:
        raise RuntimeError("away")

    async def post(text: str) -> None:
        posted.append(text)

    with pytest.raises(RuntimeError):
        await post_if_due(store, away)
    assert await post_if_due(store, post)
    assert not await post_if_due(store, post)
    assert len(posted) == 1
