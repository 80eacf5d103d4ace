"""How a message is answered, whatever fails."""

from __future__ import annotations

from dataclasses import replace as with_

from assistant.talk.phrases import PHRASES
from tests.slack_serving import reply, serving

SAY = PHRASES.slack


async def test_booking_never_asks_for_a_name_where_others_read(slack, channel, model) -> None:
    model.say = lambda text: [reply("What is your first name?", outcome="booking")] if text != "/stop" else [reply("Stopped.")]  # fmt: skip
    await slack.send(slack.mention("book a call"))
    [shown] = await slack.until(1)
    assert "first name" not in shown.text
    assert shown.titled("Book a call")
    assert model.texts == ["book a call", "/stop"], "or the next mention would be taken for a name"


async def test_a_model_that_fails_or_hangs_is_said_so(slack, settings, model) -> None:
    def fail(text: str) -> list:
        raise RuntimeError("secret words")

    model.say = fail
    async with serving(with_(settings, answer_seconds=0.2), model) as (_, slack.app_url):
        await slack.send(slack.direct("how long"))
        assert (await slack.until(1))[0].text == PHRASES.errors["action"]
        model.seconds = 5
        await slack.send(slack.direct("how long"))
        assert (await slack.until(2))[1].text == PHRASES.errors["timeout"]
        model.seconds = 0
        await slack.send(slack.direct("he wants to die"))
        assert "988" in (await slack.until(3))[2].text, "danger is answered without any model"
