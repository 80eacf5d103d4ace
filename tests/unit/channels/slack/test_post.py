"""Slack is slow, away, or refuses."""

from __future__ import annotations

import asyncio

from assistant.channels.slack import post as slack_post
from assistant.talk.phrases import PHRASES
from tests.slack_serving import reply

SAY = PHRASES.slack


async def test_an_answer_waits_as_long_as_slack_says(slack, channel, model) -> None:
    slack.busy("chat.postMessage", times=2, retry_after=0.2)
    await slack.send(slack.mention("how long"))
    assert [one.text for one in await slack.until(1)] == ["You said how long."]


async def test_an_outage_is_waited_out(slack, channel, model, monkeypatch) -> None:
    monkeypatch.setattr(slack_post, "FIRST_WAIT_SECONDS", 0.05)
    slack.busy("chat.postMessage", times=3, status=503)
    slack.busy("respond", times=3, status=503)
    await slack.send(slack.mention("how long"))
    await slack.send(slack.command("how long"))
    assert len(await slack.until(2)) == 2


async def test_after_too_long_one_short_true_message_stands_for_the_answer(
    slack, channel, model, monkeypatch
) -> None:
    monkeypatch.setattr(slack_post.deliver, "__defaults__", (0.3,))
    model.say = lambda _: [reply("One."), reply("Two."), reply("Three.")]
    slack.busy("chat.postMessage", times=2, retry_after=0.5)
    await slack.send(slack.mention("how long"))
    await slack.until(1)
    await asyncio.sleep(0.6)
    assert [one.text for one in slack.posted] == [SAY["not_delivered"]]


async def test_a_form_that_slack_refuses_still_says_the_words(slack, channel, model) -> None:
    model.say = lambda _: [reply("Pick.", buttons=[{"title": "", "payload": "/a"}])]
    await slack.send(slack.mention("how long"))
    assert [one.text for one in await slack.until(1)] == ["Pick."]
    assert slack.refused.pop().startswith("chat.postMessage: invalid_blocks")
