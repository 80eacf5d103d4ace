from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import OperationalError

from assistant.channels.slack import channel as slack_channel
from assistant.channels.slack import events as slack_events
from assistant.channels.slack import once as slack_once
from assistant.channels.slack import post as slack_post
from assistant.channels.slack.events import LEASE, MOST_TRIES, PATIENCE, REMEMBERED, EventIds, Turn, event_key
from assistant.store.talks_database import open_engine
from tests.slack_serving import Scripted, serving

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
SECRET = b"s" * 32
BODY = {"event": {"text": "my daughter Ana"}}
MANY = int(os.environ.get("WHICHPLAN_SLACK_EVENTS", "150"))
"""1,000 in the full run: WHICHPLAN_SLACK_EVENTS=1000."""


def test_a_message_and_its_mention_are_one_event(slack) -> None:
    mention = slack.mention("how long")
    assert event_key(mention) == event_key(slack.as_message(mention))
    assert event_key(mention) != event_key(slack.mention("how long"))


def test_an_edited_message_is_not_the_message(slack) -> None:
    said = slack.direct("how long")
    edited = {**said, "event": {**said["event"], "subtype": "message_changed"}}
    assert event_key(edited) != event_key(said)


def test_ids_are_remembered_for_15_minutes_in_all_processes(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    one, other = (EventIds(open_engine(url), name, SECRET) for name in ("one", "other"))
    assert one.begin("event 1", BODY, NOW) is Turn.MINE
    assert one.begin("event 1", BODY, NOW) is Turn.ANSWERED
    assert other.begin("event 1", BODY, NOW) is Turn.ELSEWHERE
    one.done("event 1")
    restarted = EventIds(open_engine(url), "third", SECRET)
    just_before = NOW + REMEMBERED - timedelta(seconds=1)
    assert restarted.begin("event 1", BODY, just_before) is Turn.ANSWERED
    restarted.tidy(just_before)
    assert restarted.begin("event 1", BODY, just_before) is Turn.ANSWERED
    assert restarted.begin("event 1", BODY, NOW + REMEMBERED + timedelta(seconds=1)) is Turn.MINE


def test_a_message_waits_for_those_above_it_in_its_channel_in_any_process_but_not_for_ever(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    one, other = (EventIds(open_engine(url), name, SECRET) for name in ("one", "other"))
    above, below, elsewhere = "message C9 100.000001", "message C9 100.000002", "message C8 100.000003"
    one.begin(above, BODY, NOW)
    other.begin(below, BODY, NOW)
    assert other.has_earlier(below, NOW)
    assert not one.has_earlier(above, NOW), "none waits for what stands below it"
    assert not other.has_earlier(elsewhere, NOW)
    assert not other.has_earlier(below, NOW + PATIENCE), "what nobody is at any more holds up nobody"
    one.done(above)
    assert not other.has_earlier(below, NOW)


def test_what_a_dead_process_began_is_answered_on_a_later_retry(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    dead, alive = (EventIds(open_engine(url), name, SECRET) for name in ("dead", "alive"))
    dead.begin("event 1", BODY, NOW)
    assert alive.begin("event 1", BODY, NOW + timedelta(seconds=2)) is Turn.ELSEWHERE, "Slack's first retry"
    assert alive.begin("event 1", BODY, NOW + LEASE + timedelta(seconds=1)) is Turn.MINE, (
        "its second, after a minute"
    )


def test_what_an_event_said_is_kept_encrypted_and_only_until_it_is_answered(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    dead, alive = (EventIds(open_engine(url), name, SECRET) for name in ("dead", "alive"))
    dead.begin("event 1", BODY, NOW)
    late = NOW + LEASE + timedelta(seconds=1)
    dead.renew(["event 1"], NOW + LEASE)
    assert alive.left(late) == [], "it is at work"
    late += LEASE
    assert alive.left(late) == [("event 1", BODY)]
    assert alive.left(late) == [] and not dead.is_mine("event 1") and alive.is_mine("event 1")
    dead.done("event 1")
    assert dead.left(late + LEASE + LEASE) == [("event 1", BODY)], (
        "the one that took too long had no more say"
    )
    dead.done("event 1")
    assert alive.left(late + 9 * LEASE) == []
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Ana" not in raw and b"slack_waiting" in raw


def test_an_event_that_ends_every_process_is_given_up(tmp_path) -> None:
    url, late = f"sqlite:///{tmp_path / 'talks.db'}", NOW
    EventIds(open_engine(url), "first", SECRET).begin("event 1", BODY, late)
    tries = []
    for number in range(MOST_TRIES + 2):
        late += LEASE + timedelta(seconds=1)
        tries.append(len(EventIds(open_engine(url), f"next {number}", SECRET).left(late)))
    assert tries == [1] * MOST_TRIES + [0, 0]


async def test_what_a_process_acknowledged_before_it_died_is_answered_by_the_next(
    slack, settings, model, monkeypatch
) -> None:
    monkeypatch.setattr(slack_once, "RENEW_SECONDS", 0.1)
    dead = EventIds(open_engine(settings.talks_url), "dead", settings.secret)
    asked = [slack.direct("how long"), slack.mention("why"), slack.command("who", user="U7", channel="C3")]
    for body in asked:
        dead.begin(event_key(body), body, datetime.now(UTC) - LEASE)
    async with serving(settings, model) as (_, slack.app_url):
        await slack.until(3)
        for body in asked:
            assert (await slack.send(body, retry=1))[0] == 200
        await asyncio.sleep(0.3)
    assert sorted(model.texts) == ["how long", "who", "why"]
    assert len(slack.posted) == 3


async def test_an_answer_cut_off_by_the_end_of_a_process_is_given_by_the_next(
    slack, settings, model, monkeypatch
) -> None:
    monkeypatch.setattr(slack_channel, "ENDING_SECONDS", 0.1)
    monkeypatch.setattr(slack_once, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(slack_events, "LEASE", timedelta(seconds=0.3))
    model.seconds = 1.0
    async with serving(settings, model) as (channel, slack.app_url):
        await slack.send(slack.direct("how long"))
        await asyncio.sleep(0.2)
        for task in list(channel._running):
            task.cancel()
        await asyncio.sleep(0)
    model.seconds = 0.0
    async with serving(settings, model):
        assert (await slack.until(1))[0].text == "You said how long."


async def test_a_database_that_is_away_silences_nobody(slack, settings, channel, model, monkeypatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(channel._events, "begin", away)
    said = slack.mention("how long")
    for one in (said, said, slack.as_message(said)):
        assert (await slack.send(one))[0] == 200
    monkeypatch.undo()
    assert (await slack.send(said, retry=1))[0] == 200
    await slack.until(1)
    await asyncio.sleep(0.2)
    assert model.texts == ["how long"]


async def test_what_arrives_while_slack_is_busy_is_answered_afterwards(
    slack, channel, model, monkeypatch
) -> None:
    """Bolt by itself asks Slack who it is first, and throws the event away when that fails."""
    monkeypatch.setattr(slack_post, "FIRST_WAIT_SECONDS", 0.05)
    for method in ("auth.test", "users.info", "chat.postMessage"):
        slack.busy(method, times=2, status=500)
    await slack.send(slack.direct("how long"))
    assert len(await slack.until(1)) == 1


async def test_a_process_at_work_elsewhere_makes_slack_ask_again(slack, channel, settings) -> None:
    said = slack.mention("how long")
    EventIds(open_engine(settings.talks_url), "another", SECRET).begin(
        event_key(said), said, datetime.now(UTC)
    )
    assert (await slack.send(said, retry=1))[0] == 503
    assert slack.posted == []


async def test_1000_events_with_duplicates_and_lost_deliveries_give_one_answer_each(slack, settings) -> None:
    chance = random.Random(504)
    model = Scripted()
    async with serving(settings, model) as (_, first), serving(settings, model) as (_, second):
        urls, pending, events = (first, second), [], []
        for number in range(MANY):
            said = slack.mention(f"question {number}", user=f"U{number}") if chance.random() < 0.5 else slack.direct(f"question {number}", user=f"U{number}")  # fmt: skip
            events.append(number)
            deliveries = [said]
            lost = chance.random() < 0.1
            if chance.random() < 0.3:
                twin = slack.as_message(said) if said["event"]["type"] == "app_mention" and chance.random() < 0.5 else said  # fmt: skip
                deliveries.append(twin)
            if lost:
                deliveries = [*deliveries[1:], said]
            pending.append([(one, int(lost or place > 0)) for place, one in enumerate(deliveries)])

        async def deliver(one, retry) -> None:
            while (await slack.send(one, retry=retry, url=chance.choice(urls)))[0] == 503:
                retry += 1
                await asyncio.sleep(0.05)

        for at in range(0, MANY, 10):
            await asyncio.gather(*(deliver(*one) for each in pending[at : at + 10] for one in each))
        await slack.until(MANY, seconds=60)
        await asyncio.sleep(0.3)
    heard = Counter(model.texts)
    assert heard == Counter({f"question {number}": 1 for number in events})
    assert Counter(one.text for one in slack.posted) == Counter(f"You said question {n}." for n in events)
