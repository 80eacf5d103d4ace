"""What the form asks."""

from __future__ import annotations

from collections.abc import Callable

from tests.form_talk import FormTalk
from tests.unit.actions.change.test_form import booked

Start = Callable[..., FormTalk]


async def test_the_talk_that_booked_sees_its_call(talk: Start) -> None:
    parent = await booked(talk)
    await parent.says("when is my call again", "change_booking")
    assert "Tuesday, November 24 at 3:00 PM Central time" in parent.text
    assert [button["title"] for button in parent.buttons] == ["Another time", "Cancel it", "Keep it"]
