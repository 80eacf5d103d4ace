"""Whose calls are seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.booking import Booking
from tests.form_talk import FormTalk
from tests.unit.actions.change.test_form import booked, code_in_mail

Start = Callable[..., FormTalk]


async def test_another_talk_sees_nothing_without_the_code(talk: Start, desk: Booking, tmp_path: Path) -> None:
    await booked(talk)
    other = talk("other")
    await other.says("when is my call", "change_booking")
    assert "November" not in other.text
    await other.says("dana@example.org")
    assert "November" not in other.text
    await other.says("000000")
    assert "not right" in other.text and "November" not in other.text
    await other.says(await code_in_mail(desk, tmp_path))
    assert "Tuesday, November 24" in other.text
    await other.says("cancel it", "stop")
    assert "is canceled" in other.text


async def test_an_address_without_calls_looks_the_same_from_outside(talk: Start, desk: Booking) -> None:
    await booked(talk)
    known, unknown = talk("known"), talk("unknown")
    for one, email in ((known, "dana@example.org"), (unknown, "nobody@example.org")):
        await one.says("cancel my call", "change_booking")
        await one.says(email)
    assert known.text.replace("dana", "nobody") == unknown.text
