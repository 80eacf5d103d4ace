from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from assistant.channels.slack_events import LEASE, REMEMBERED, EventIds, Turn, event_key
from assistant.talks_database import open_engine
from tests.slack_serving import Scripted, serving

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
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
    one, other = (EventIds(open_engine(url), name) for name in ("one", "other"))
    assert one.begin("event 1", NOW) is Turn.MINE
    assert one.begin("event 1", NOW) is Turn.ANSWERED
    assert other.begin("event 1", NOW) is Turn.ELSEWHERE
    one.done("event 1")
    restarted = EventIds(open_engine(url), "third")
    just_before = NOW + REMEMBERED - timedelta(seconds=1)
    assert restarted.begin("event 1", just_before) is Turn.ANSWERED
    restarted.tidy(just_before)
    assert restarted.begin("event 1", just_before) is Turn.ANSWERED
    assert restarted.begin("event 1", NOW + REMEMBERED + timedelta(seconds=1)) is Turn.MINE


def test_what_a_dead_process_began_is_answered_on_a_later_retry(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    dead, alive = (EventIds(open_engine(url), name) for name in ("dead", "alive"))
    dead.begin("event 1", NOW)
    assert alive.begin("event 1", NOW + timedelta(seconds=2)) is Turn.ELSEWHERE, "Slack's first retry"
    assert alive.begin("event 1", NOW + LEASE + timedelta(seconds=1)) is Turn.MINE, (
        "its second, after a minute"
    )


async def test_a_process_at_work_elsewhere_makes_slack_ask_again(slack, channel, settings) -> None:
    said = slack.mention("how long")
    EventIds(open_engine(settings.talks_url), "another").begin(event_key(said), datetime.now(UTC))
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
