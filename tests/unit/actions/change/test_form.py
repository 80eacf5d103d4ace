"""Seeing, moving and canceling a call in the talk, and who may do so."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from assistant.booking import Booking
from tests.booking_world import deliver
from tests.form_talk import FormTalk

Start = Callable[..., FormTalk]


async def booked(talk: Start, conversation: str = "talk") -> FormTalk:
    parent = talk(conversation)
    await parent.says("book a call, my name is Dana, dana@example.org, tuesday at 3", "book_consultation")
    await parent.presses(0)
    await parent.says("yes", "affirm")
    assert "Your call is booked" in parent.text
    return parent


async def code_in_mail(desk: Booking, tmp_path: Path) -> str:
    await deliver(desk)
    subjects = [
        str(message_from_bytes(mail.read_bytes())["Subject"])
        for mail in (tmp_path / "var" / "outbox").glob("*.eml")
    ]
    (code,) = [match[1] for subject in subjects if (match := re.fullmatch(r"Code (\d{6})", subject))]
    return code


async def test_a_question_in_between_is_answered(talk: Start) -> None:
    parent = await booked(talk)
    await parent.says("move my call", "change_booking")
    await parent.says("who has to be at an iep meeting?", "ask_team", ("plan", "iep"))
    assert parent.replies[0]["answer"]["intent"] == "ask_team"
    assert parent.step == "change_opening"


@pytest.mark.parametrize("step", ["change_email", "change_code", "change_choice", "change_opening"])
async def test_stop_skip_danger_and_nonsense_work_at_every_step(talk: Start, step: str) -> None:
    async def there() -> FormTalk:
        one = talk(f"{step} {there.count}")
        there.count += 1
        if step in ("change_choice", "change_opening"):
            one = await booked(talk, one.conversation)
        await one.says("when is my call", "change_booking")
        if step == "change_code":
            await one.says("dana@example.org")
        elif step == "change_opening":
            await one.presses(0)
        assert one.step == step
        return one

    there.count = 0  # type: ignore[attr-defined]
    parent = await there()
    await parent.says("skip", "stop")
    assert parent.step == step and len(parent.replies) == 2
    await parent.says("?!", "nlu_fallback")
    assert parent.step == step
    await parent.says("i want to hurt myself", "crisis")
    assert parent.loop is None and "988" in parent.text
    other = await there()
    await other.says("stop", "stop")
    assert other.loop is None
