"""The channel as a whole: announcements, signatures, acknowledgements, Socket Mode."""

from __future__ import annotations

import asyncio
from dataclasses import replace as with_
from datetime import timedelta

from assistant.booking.desk import shared
from assistant.clock import set_clock
from assistant.talk.phrases import PHRASES
from tests.booking_world import deliver
from tests.slack_serving import ADVOCATES, serving
from tests.unit.channels.slack.desk import WORKDAY, desk, shared_contact

SAY = PHRASES.slack

__all__ = ["desk"]


async def test_a_booking_on_the_website_is_announced_with_first_name_and_time(slack, channel, desk) -> None:
    zone = shared.consultation().advocates[0].zone
    opening = (await desk.openings(zone))[0]
    held = await desk.hold(opening, "web1")
    booked = await desk.confirm(
        held, shared_contact(), conversation="web1", zone=zone, key="k", reason="write to tasha@example.com"
    )
    await channel.announce("booked", booked.call)
    [shown] = slack.seen(ADVOCATES)
    assert shown.text.startswith("*New call:* Tasha, ")
    assert not any(secret in shown.text for secret in ("Reyes", "tasha@"))


async def test_of_a_flood_the_channel_reads_what_to_do(slack, channel) -> None:
    await channel.announce("flood", None)
    [shown] = slack.seen(ADVOCATES)
    assert shown.text.startswith("*Many calls are being asked for")
    assert "cancel --since 20" in shown.text and "--unproven" in shown.text


async def test_an_announcement_waits_in_the_outbox_while_slack_is_away(
    slack, channel, settings, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    for name in ("bot_token", "signing_secret", "channel"):
        monkeypatch.setenv(f"WHICHPLAN_SLACK_{name.upper()}", getattr(settings, f"slack_{name}"))
    now = [WORKDAY]
    set_clock(lambda: now[0])
    shared.close_desk()
    shared.announce_with(channel.announce)
    try:
        desk, zone = shared.open_desk(), shared.consultation().advocates[0].zone
        held = await desk.hold((await desk.openings(zone))[0], "web1")
        slack.busy("chat.postMessage", times=1, status=503)
        await desk.confirm(held, shared_contact(), conversation="web1", zone=zone, key="k")
        await deliver(desk)
        assert slack.posted == []
        now[0] += timedelta(minutes=1)
        await deliver(desk)
        assert [one.text.split(",")[0] for one in slack.seen(ADVOCATES)] == ["*New call:* Tasha"]
    finally:
        shared.announce_with(None)
        shared.close_desk()
        set_clock(None)


async def test_only_slack_is_heard(slack, channel, model) -> None:
    said = slack.mention("how long")
    assert (await slack.send(said, secret="another"))[0] == 401
    assert (await slack.send(said, age=600))[0] == 401
    assert model.heard == []


SLACK_WAITS = 3.0
"""Seconds after which Slack takes an event for lost and sends it again."""


async def test_slack_hears_back_in_time_and_before_the_model_has_answered(slack, channel, model) -> None:
    import time

    real = model.say

    def slow(text: str) -> list:
        time.sleep(0.03)  # as long as the model holds up the loop
        return real(text)

    model.say = slow
    model.seconds = SLACK_WAITS + 1
    done = await asyncio.gather(*(slack.send(slack.mention(f"q{n}", user=f"U{n}")) for n in range(8)))
    assert max(seconds for _, seconds, _ in done) < SLACK_WAITS
    await slack.until(8, seconds=60)


async def test_socket_mode_serves_the_same_and_comes_back_after_a_drop(slack, settings, model) -> None:
    async with serving(with_(settings, slack_app_token=slack.app_token, slack_signing_secret=""), model):
        await asyncio.wait_for(slack.connected.wait(), 5)
        said = slack.mention("how long")
        await slack.send_by_socket(said)
        await slack.send_by_socket(said, retry=1)
        await slack.send_by_socket(slack.command("what is FAPE"))
        await slack.until(2)
        await slack.drop()
        await asyncio.wait_for(slack.connected.wait(), 15)
        await slack.send_by_socket(slack.direct("hello again"))
        await slack.until(3)
    assert model.texts == ["how long", "what is FAPE", "hello again"]
