"""The advocates hear of a flood once a day, wherever it is noticed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import metrics
from assistant.booking import Booking, Call, Consultation, Held, Refused, Why
from assistant.settings import Settings
from tests.booking_world import SEATTLE, Clock, deliver

NETWORK = "203.0.113.8"


@pytest.fixture
def told() -> list[tuple[str, Call | None]]:
    return []


@pytest.fixture
def watched(
    consultation: Consultation, settings: Settings, clock: Clock, told: list[tuple[str, Call | None]]
) -> Iterator[Booking]:
    async def announce(what: str, call: Call | None) -> None:
        told.append((what, call))

    desk = Booking.open(consultation, settings, clock=clock, announce=announce)
    yield desk
    desk.close()


async def too_many(desk: Booking) -> None:
    """Ask for more times than strangers may have without a proof."""
    openings = (await desk.openings(SEATTLE, limit=100))[::4]
    most = desk.consultation.unproven_calls_a_day
    results = [await desk.hold(one, f"talk {one.id}", address=NETWORK) for one in openings[: most + 2]]
    assert Refused(Why.UNPROVEN) in results


async def test_the_first_refusal_of_a_day_is_a_note_and_each_one_counts(
    watched: Booking,
    told: list[tuple[str, Call | None]],
    clock: Clock,
    consultation: Consultation,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = metrics.UNPROVEN._value.get()
    await too_many(watched)
    other = Booking.open(consultation, settings, clock=clock, announced=True)  # another process
    await too_many(other)
    other.close()
    await deliver(watched)
    assert told == [("flood", None)]
    assert metrics.UNPROVEN._value.get() >= before + 2
    assert "cancel --since 2026-11-23T14:00Z --unproven" in caplog.text
    clock.forward(days=1, minutes=30)
    await too_many(watched)
    await deliver(watched)
    assert told == [("flood", None), ("flood", None)]


async def test_without_slack_the_log_alone_says_it(desk: Booking, caplog: pytest.LogCaptureFixture) -> None:
    await too_many(desk)
    await deliver(desk)
    assert caplog.text.count("faster than e-mails are proven") == 1
    assert await desk.worker.dead_letters() == []


async def test_an_ordinary_parent_raises_none(watched: Booking, told: list[tuple[str, Call | None]]) -> None:
    assert isinstance(
        await watched.hold((await watched.openings(SEATTLE))[0], "parent", address=NETWORK), Held
    )
    await deliver(watched)
    assert told == []
