"""Where many calls are held for e-mails that nobody has proven, the next parent types a code, and then it goes on as ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import pytest

from assistant.booking import Booking
from tests.booking_world import deliver
from tests.form_talk import FormTalk
from tests.unit.booking.desk.test_unproven import fill


@pytest.fixture
def talk(talk: Callable[..., FormTalk]) -> Callable[..., FormTalk]:
    """A talk of the website: who asks has a network address."""
    return partial(talk, asker="203.0.113.8")


async def code(desk: Booking, folder: Path) -> str:
    await deliver(desk)
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    found = [str(mail["Subject"]) for mail in mails if str(mail["Subject"]).startswith("Code ")]
    return sorted(found)[0].removeprefix("Code ") if len(found) == 1 else found[-1].removeprefix("Code ")


async def asked_for_a_code(talk: FormTalk, address: str = "wren@example.org") -> FormTalk:
    await talk.says("book a call", "book_consultation")
    await talk.says("Wren")
    await talk.says(address)
    await talk.presses(0)
    return talk


async def test_the_code_keeps_the_time_that_was_picked(
    desk: Booking, talk: Callable[..., FormTalk], tmp_path: Path
) -> None:
    await fill(desk)
    parent = await asked_for_a_code(talk())
    assert "six-digit code to wren@example.org" in parent.text
    assert not parent.buttons
    wanted = parent.slots["held_opening"]
    await parent.says("what is it for", "ask_cost", confidence=0.9)
    assert parent.step == "opening" and parent.slots["asked_step"].startswith("prove")
    await parent.says("123 456" if await code(desk, tmp_path / "var/outbox") != "123456" else "654321")
    assert "not right" in parent.text
    await parent.says(f"it says {await code(desk, tmp_path / 'var/outbox')}")
    assert "Shall I book it?" in parent.text
    assert parent.slots["held_opening"] == wanted
    await parent.says("yes", "affirm")
    assert "is booked" in parent.text


async def test_a_new_code_is_sent_and_another_time_is_another_time(
    desk: Booking, talk: Callable[..., FormTalk]
) -> None:
    await fill(desk)
    parent = await asked_for_a_code(talk())
    await parent.says("i did not get it, send it again")
    assert "new code" in parent.text
    await parent.says("thursday afternoon")
    assert parent.buttons and not re.search("six", parent.text)


async def test_without_an_e_mail_one_is_asked_for(desk: Booking, talk: Callable[..., FormTalk]) -> None:
    await fill(desk)
    parent = await asked_for_a_code(talk(), "206 342 8123")
    assert parent.step == "contact_address" and "send a code to" in parent.text
    await parent.says("wren@example.org")
    assert parent.step == "opening"
    await parent.presses(0)
    assert "six-digit code to wren@example.org" in parent.text


async def test_it_is_left_as_every_step_is(desk: Booking, talk: Callable[..., FormTalk]) -> None:
    await fill(desk)
    parent = await asked_for_a_code(talk())
    await parent.says("stop", "stop")
    assert parent.loop is None
