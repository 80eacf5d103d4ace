"""Ten chats handed over and back by two advocates, over two workers with one database: nothing lost, doubled, mixed up or let out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.channels.slack.users import Person, Users
from assistant.handover.store import OPEN, HandOver
from assistant.store.talks_database import open_engine
from tests.postgresql import running_postgresql
from tests.slack_serving import ADVOCATES, serving_all
from tests.unit.handover.test_at_work import told
from tests.unit.handover.test_handover import SAY, WORKDAY, Parent, clock, script
from tests.waiting import eventually_here

__all__ = ["clock"]
TALKS = 10


async def opened(base: str, number: int) -> Parent:
    parent = await Parent(base).open()
    await parent.say(f"question {number}, my son has an IEP")
    await parent.say("can I talk to a person")
    assert await parent.press(SAY["yes"]) == [SAY["asked"]]
    return parent


async def test_ten_talks_two_advocates_two_workers(slack, settings, model, clock) -> None:
    model.say = script
    async with serving_all(settings, model) as one, serving_all(settings, model) as two:
        slack.app_url = f"{one}/slack/events"
        workers = [one, two]

        async def send(number: int, text: str, thread: str) -> None:
            user = ("U4", "U5")[number % 2]
            event = slack.message(text, user=user, channel=ADVOCATES, thread_ts=thread)
            # Slack may deliver to both, and again
            await asyncio.gather(
                *(
                    slack.send(event, url=f"{base}/slack/events", retry=retry)
                    for retry, base in enumerate(workers)
                )
            )

        parents = await asyncio.gather(*(opened(workers[n % 2], n) for n in range(TALKS)))
        heads = await slack.until(TALKS, ADVOCATES)
        threads = {n: next(head.ts for head in heads if f"question {n}," in head.text) for n in range(TALKS)}
        for n in range(TALKS):
            await send(n, f"// private {n}", threads[n])
            await send(n, f"Hello {n}", threads[n])
        for n, parent in enumerate(parents):
            parent.base = workers[(n + 1) % 2]  # the next request of a browser may reach the other worker
            heard: list[str] = []
            while f"Hello {n}" not in heard:
                came = await parent.news()
                assert came, "nothing came"
                heard += came
            assert heard == [SAY["joined"].format(name="Dana"), f"Hello {n}"]
            assert await parent.say(f"thanks {n}") == []
        for n in range(TALKS):
            await send(n, f"close: note {n}", threads[n])
        for n, parent in enumerate(parents):
            assert await parent.news() == [SAY["returned"]]
            assert await parent.say(f"next {n}") == [f"You said next {n}."]
        for n in range(TALKS):
            await eventually_here(lambda n=n: told(slack, f"note {n}"))
            posted = slack.seen(ADVOCATES, thread=threads[n])
            texts = "\n".join(one.text for one in posted)
            assert texts.count(f"thanks {n}") == 1
            assert not any(f"thanks {other}" in texts for other in range(TALKS) if other != n)


async def test_lines_written_in_one_breath_arrive_in_their_order_at_two_workers(
    slack, settings, model, clock, monkeypatch
) -> None:
    async with serving_all(settings, model) as one, serving_all(settings, model) as two:
        model.say = script
        slack.app_url = f"{one}/slack/events"
        parent = await opened(one, 1)
        [head] = await slack.until(1, ADVOCATES)
        slow = Users.person

        async def person(users: Users, user: str) -> Person:
            """Let Slack be slow to say who writes, as it is the first time."""
            await asyncio.sleep(0 if users in asked else 0.6)
            asked.append(users)
            return await slow(users, user)

        asked: list[Users] = []
        monkeypatch.setattr(Users, "person", person)
        for n in range(4):
            event = slack.message(f"line {n}", user="U4", channel=ADVOCATES, thread_ts=head.ts)
            await slack.send(event, url=f"{(one, two)[n > 0]}/slack/events")
            await asyncio.sleep(0.3 if n else 0)
        heard: list[str] = []
        while "line 3" not in heard:
            heard += await parent.news()
        assert heard == [SAY["joined"].format(name="Dana"), *(f"line {n}" for n in range(4))]


@pytest.mark.needs("postgresql")
def test_of_two_lines_at_once_one_alone_opens_the_talk() -> None:
    with running_postgresql() as database:
        workers = [HandOver(open_engine(database.url), (b"s" * 32,)) for _ in range(2)]
        for number in range(20):
            talk, both = f"talk {number}", Barrier(2)
            workers[0].ask(talk, [], WORKDAY)

            def says(place: int, worker: HandOver, talk: str = talk, both: Barrier = both) -> bool:
                both.wait()
                return worker.said_by_person(talk, "Dana", f"line {place}", f"C9 {place}", WORKDAY)

            with ThreadPoolExecutor(2) as pool:
                assert list(pool.map(says, range(2), workers)) == [True, True]
            kinds = [line.body["kind"] for line in workers[0].for_parent(talk)]
            assert kinds == ["joined", "person", "person"]
            assert workers[0].state(talk) == OPEN
