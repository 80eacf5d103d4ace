"""What the desk does in the background: letters at their time, and forgetting."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from assistant.booking import (
    Booking,
)
from tests.booking_world import SEATTLE, Clock, book, mails


async def test_booking_tells_parent_and_advocate_and_reminds_twice(
    desk: Booking, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "outbox"
    call = await book(desk, place=20)
    booked = await mails(desk, folder)
    assert len(booked) == 2
    clock.now = call.start - timedelta(hours=24)
    assert len(await mails(desk, folder)) == 3
    clock.now = call.start - timedelta(hours=1)
    assert len(await mails(desk, folder)) == 4
    clock.now = call.end
    assert [line.split(": ")[0] for line in await mails(desk, folder)].count("dana@example.org") == 3


async def test_a_moved_call_is_reminded_of_at_its_new_time_only(
    desk: Booking, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "outbox"
    call = await book(desk, place=15)
    later = (await desk.openings(SEATTLE, limit=50))[30]
    await desk.move(call.id, later, conversation="talk")
    clock.now = call.start - timedelta(minutes=30)
    assert not any("Reminder" in line for line in await mails(desk, folder))
    clock.now = later.start - timedelta(minutes=59)
    assert sum("Reminder" in line for line in await mails(desk, folder)) == 1


async def test_a_canceled_call_is_not_reminded_of(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    call = await book(desk, place=20)
    await desk.cancel(call.id, conversation="talk")
    clock.now = call.start - timedelta(minutes=30)
    assert not any("Reminder" in line for line in await mails(desk, tmp_path / "var" / "outbox"))


async def test_what_is_past_its_keeping_is_deleted(desk: Booking, clock: Clock) -> None:
    await book(desk)
    clock.forward(days=93)
    desk._store.tidy(clock.now)
    assert await desk.all_calls() == []


async def test_letters_on_disk_go_with_the_calls(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    """What a call holds was deleted after 90 days, and stood in the outbox for good."""
    await book(desk)
    assert await mails(desk, tmp_path / "var" / "outbox")
    for letter in (tmp_path / "var" / "outbox").glob("*.eml"):
        os.utime(letter, (clock().timestamp(), clock().timestamp()))
    clock.forward(days=89)
    desk.worker._tidy(clock())
    assert list((tmp_path / "var" / "outbox").iterdir())
    clock.forward(days=2)
    desk.worker._tidy(clock())
    assert not list((tmp_path / "var" / "outbox").iterdir())
