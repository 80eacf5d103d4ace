"""Seeing, moving and canceling a call in the talk, and who may do so."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from actions.change.form import wished_change
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


async def test_the_talk_that_booked_sees_its_call(talk: Start) -> None:
    parent = await booked(talk)
    await parent.says("when is my call again", "change_booking")
    assert "Tuesday, November 24 at 3:00 PM Central time" in parent.text
    assert [button["title"] for button in parent.buttons] == ["Another time", "Cancel it", "Keep it"]


async def test_a_call_moves_to_the_time_that_was_said(talk: Start, desk: Booking) -> None:
    parent = await booked(talk)
    await parent.says("can we move it to wednesday", "change_booking")
    assert all(button["title"].startswith("Wed") for button in parent.times)
    await parent.presses(0)
    assert "moved to **Wednesday, November 25" in parent.text
    (call,) = await desk.upcoming("talk")
    assert call.sequence == 1


async def test_a_call_is_canceled_after_a_yes(talk: Start, desk: Booking) -> None:
    parent = await booked(talk)
    await parent.says("cancel my appt please", "change_booking")
    assert "Shall I cancel it?" in parent.text
    assert await desk.upcoming("talk")
    await parent.says("yes", "affirm")
    assert "is canceled" in parent.text
    assert await desk.upcoming("talk") == ()


@pytest.mark.parametrize("words", ["no keep it", "never mind", "leave it as it is", "no"])
async def test_a_call_that_is_kept_stays(talk: Start, desk: Booking, words: str) -> None:
    parent = await booked(talk)
    await parent.says("cancel my call", "change_booking")
    await parent.says(words, "stop")
    assert "stays as it is" in parent.text
    assert await desk.upcoming("talk")


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


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("cancel my call", "cancel"),
        ("so I won't be needing the free call, take me off", "cancel"),
        ("need to move tuesdays call", "move"),
        ("cant make our call at 3", "move"),
        ("make it 2 instead of 1", "move"),
        ("what time is my consultation", None),
        ("how late can I cancel the consultation", None),
    ],
)
def test_what_is_wanted_is_read_from_the_words(words: str, wish: str | None) -> None:
    assert wished_change(words) == wish
