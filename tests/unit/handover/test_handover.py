from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from assistant.booking.desk import shared
from assistant.clock import set_clock
from assistant.handover.hours import at_desk, hours_words
from assistant.handover.store import IDLE, NOBODY_CAME, HandOver
from assistant.store.talks_database import open_engine
from assistant.talk.phrases import PHRASES
from tests.slack_serving import ADVOCATES, answer, reply, serving_all
from tests.website import Parent

SAY = PHRASES.handover
WORKDAY = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""A Tuesday at ten in Los Angeles."""
NIGHT = datetime(2026, 11, 25, 6, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = WORKDAY

    def ahead(self, by: timedelta) -> None:
        self.now += by + timedelta(seconds=1)


@pytest.fixture
def clock(monkeypatch, tmp_path):
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    shared.close_desk()
    made = Clock()
    set_clock(lambda: made.now)
    yield made
    shared.close_desk()
    set_clock(None)


def script(text: str) -> list[dict]:
    if "person" in text:
        return [
            answer("Yes, an advocate.")
            | {"answer": {"intent": "ask_human", "plan": "either", "reviewed": ""}}
        ]
    if text.startswith("/"):
        return [reply("Hello.")]
    return [answer(f"You said {text}.")]


@pytest.fixture
async def site(slack, settings, model, clock):
    model.say = script
    async with serving_all(settings, model) as base:
        slack.app_url = f"{base}/slack/events"
        yield base


async def handed_over(slack, site) -> tuple[Parent, str]:
    """Return a parent who asked for a person, and the thread."""
    parent = await Parent(site).open()
    await parent.say("my son Jayden has an IEP and they cut his minutes, call me at 206-555-0142")
    await parent.say("can I talk to a person")
    assert await parent.press(SAY["yes"]) == [SAY["asked"]]
    [opened] = await slack.until(1, ADVOCATES)
    return parent, opened.ts


async def test_a_parent_who_says_yes_gets_a_thread_with_a_masked_summary(slack, site) -> None:
    parent, _ = await handed_over(slack, site)
    [opened] = slack.seen(ADVOCATES)
    assert "they cut his minutes" in opened.text
    assert "Plan: IEP" in opened.text
    assert not any(private in opened.text for private in ("Jayden", "206-555-0142", "0142"))
    assert parent.person == "waiting"


async def test_nobody_hears_of_a_parent_who_did_not_consent(slack, site) -> None:
    parent = await Parent(site).open()
    said = await parent.say("can I talk to a person")
    assert said[-1] == SAY["offer"]
    assert await parent.press(SAY["no"]) == [SAY["declined"]]
    await asyncio.sleep(0.8)
    assert slack.posted == []


def beginning_a_form(text: str) -> list[dict]:
    """Say what the assistant says to a wish for a person: the answer, and the first question of the booking."""
    if "person" in text:
        return [*script(text), reply("What is your first name?", outcome="booking")]
    if "book" in text:
        return [reply("What is your first name?", outcome="booking")]
    return script(text)


async def test_a_wish_for_a_person_asks_one_question_at_a_time(slack, site, model) -> None:
    model.say = beginning_a_form
    parent = await Parent(site).open()
    assert await parent.say("can I talk to a person") == ["Yes, an advocate.", SAY["offer"]]
    assert SAY["book"] in parent.buttons
    assert model.texts[-1] == "/stop", "the next words are no name"


async def test_whoever_is_booking_already_loses_nothing_by_asking_for_a_person(slack, site, model) -> None:
    model.say = beginning_a_form
    parent = await Parent(site).open()
    await parent.say("book a call")
    said = await parent.say("can I talk to a person")
    assert said == ["Yes, an advocate.", SAY["offer"], "What is your first name?"]
    assert "/stop" not in model.texts


async def test_at_night_the_hours_stand_before_the_forms_question(slack, site, model, clock) -> None:
    model.say = beginning_a_form
    clock.now = NIGHT
    said = await (await Parent(site).open()).say("can I talk to a person")
    assert "not at their desks" in said[1]
    assert said[2] == "What is your first name?"


async def test_an_advocates_answer_reaches_the_parent_within_two_seconds(slack, site, model) -> None:
    parent, thread = await handed_over(slack, site)
    heard_before = len(model.heard)
    waiting = asyncio.create_task(parent.news(wait=25))
    await asyncio.sleep(0.3)
    began = time.perf_counter()
    await slack.send(slack.message("Hi, what did the school write? See <https://www.ed.gov/idea>", user="U4", channel=ADVOCATES, thread_ts=thread))  # fmt: skip
    said = await waiting
    assert time.perf_counter() - began < 2
    assert said == [
        SAY["joined"].format(name="Dana"),
        "Hi, what did the school write? See https://www.ed.gov/idea",
    ]
    assert parent.person == "here"
    assert await parent.say("they sent a letter") == []
    assert (await slack.until(2, ADVOCATES))[1].text == "*Parent:* they sent a letter"
    assert slack.seen(ADVOCATES)[1].payload["thread_ts"] == thread
    assert len(model.heard) == heard_before, "the assistant is silent"


async def test_an_answer_delivered_twice_is_read_once(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    said = slack.message("Hello", user="U4", channel=ADVOCATES, thread_ts=thread)
    await asyncio.gather(slack.send(said), slack.send(said, retry=1))
    await asyncio.sleep(0.3)
    assert (await parent.news())[1:] == ["Hello"]
    assert await parent.news(wait=1) == []


async def test_plan_hand_back_lets_the_assistant_answer_again(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(slack.message("Hello", user="U4", channel=ADVOCATES, thread_ts=thread))
    assert len(await parent.news()) == 2
    await slack.send(slack.command("hand back", user="U4", channel=ADVOCATES))
    assert await parent.news() == [SAY["returned"]]
    assert parent.person is None
    assert await parent.say("how long") == ["You said how long."]
    said = [one.text for one in await slack.until(3, ADVOCATES)]
    assert SAY["handed_back"] in said
    assert SAY["ended"] in said


@pytest.mark.parametrize("way", ["button", "word"])
async def test_the_button_and_the_word_in_the_thread_hand_back_too(slack, site, way) -> None:
    parent, thread = await handed_over(slack, site)
    [opened] = slack.seen(ADVOCATES)
    if way == "button":
        await slack.send(slack.press(opened, SAY["hand_back"], user="U4"))
    else:
        await slack.send(slack.message("hand back", user="U4", channel=ADVOCATES, thread_ts=thread))
    assert await parent.news() == [SAY["returned"]]


async def test_with_two_open_chats_it_is_asked_which_one(slack, site) -> None:
    first, _ = await handed_over(slack, site)
    second = await Parent(site).open()
    await second.say("a person please")
    await second.press(SAY["yes"])
    await slack.until(2, ADVOCATES)
    await slack.send(slack.command("hand back", user="U4", channel=ADVOCATES))
    asked = (await slack.until(3, ADVOCATES))[-1]
    assert asked.text.startswith(SAY["which"])
    assert len(asked.buttons) == 2
    assert first.person == second.person == "waiting"


async def test_nobody_answers_in_3_minutes_and_the_call_is_offered(slack, site, clock) -> None:
    parent, thread = await handed_over(slack, site)
    clock.ahead(NOBODY_CAME)
    assert await parent.news() == [SAY["missed"]]
    assert SAY["book"] in parent.buttons
    assert await parent.say("how long") == ["You said how long."], "the assistant answers again"
    await slack.send(slack.message("Sorry, here now", user="U4", channel=ADVOCATES, thread_ts=thread))
    assert (await parent.news())[-1] == "Sorry, here now", "an answer after all still arrives"
    assert parent.person == "here"


async def test_15_idle_minutes_give_the_chat_back(slack, site, clock) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(slack.message("Hello", user="U4", channel=ADVOCATES, thread_ts=thread))
    await parent.news()
    clock.ahead(IDLE - timedelta(minutes=1))
    await parent.say("one moment")
    clock.ahead(IDLE - timedelta(minutes=1))
    assert await parent.news(wait=1) == []
    clock.ahead(timedelta(minutes=1))
    assert await parent.news() == [SAY["returned"]]


async def test_the_parent_can_go_back_to_the_assistant(slack, site) -> None:
    parent, _ = await handed_over(slack, site)
    assert await parent.press(SAY["back"]) == [SAY["returned"]]
    assert parent.person is None
    assert (await slack.until(2, ADVOCATES))[1].text == SAY["left"]


async def test_outside_office_hours_it_says_so_and_asks_nobody(slack, site, clock) -> None:
    clock.now = NIGHT
    parent = await Parent(site).open()
    said = await parent.say("can I talk to a person")
    assert said[-1] == SAY["closed"].format(hours=hours_words(shared.consultation()))
    assert SAY["yes"] not in parent.buttons
    await asyncio.sleep(0.7)
    assert slack.posted == []


async def test_danger_has_its_fixed_words_while_a_person_speaks(slack, site, model) -> None:
    parent, _ = await handed_over(slack, site)
    model.say = lambda _: [reply("Call or text 988.", outcome="crisis")]
    assert await parent.say("he wants to die") == ["Call or text 988."]
    shown = await slack.until(3, ADVOCATES)
    assert [one.text for one in shown[1:]] == [SAY["crisis"], "*Parent:* he wants to die"]


async def test_a_restart_loses_nothing(slack, settings, model, clock) -> None:
    model.say = script
    async with serving_all(settings, model) as site:
        slack.app_url = f"{site}/slack/events"
        parent, thread = await handed_over(slack, site)
        await slack.send(slack.message("Hello", user="U4", channel=ADVOCATES, thread_ts=thread))
        slack.busy("chat.postMessage", times=1, retry_after=60)
        await parent.say("said just before the restart")
        await asyncio.sleep(0.7)
    clock.ahead(timedelta(minutes=1))
    async with serving_all(settings, model) as site:
        slack.app_url, parent.base = f"{site}/slack/events", site
        assert (await parent.news())[1:] == ["Hello"]
        shown = await slack.until(2, ADVOCATES)
        assert shown[1].text == "*Parent:* said just before the restart"
        await slack.send(slack.message("Still here", user="U4", channel=ADVOCATES, thread_ts=thread))
        assert await parent.news() == ["Still here"]


async def test_lines_are_unreadable_in_the_database_and_gone_once_read(slack, site, settings) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(slack.message("a very private line", user="U4", channel=ADVOCATES, thread_ts=thread))
    await asyncio.sleep(0.3)
    store = open_engine(settings.talks_url)
    with store.connect() as rows:
        kept = rows.exec_driver_sql("SELECT body FROM handover_lines WHERE goes_to = 'parent'").fetchall()
    assert kept and not any(b"private" in row[0] for row in kept)
    await parent.news()
    with store.connect() as rows:
        assert rows.exec_driver_sql("SELECT count(*) FROM handover_lines").scalar() == 0


async def test_delete_what_i_wrote_reaches_the_hand_over(slack, site, settings) -> None:
    parent, thread = await handed_over(slack, site)
    await parent.delete()
    assert (await slack.until(2, ADVOCATES))[1].text == SAY["erased"]
    await slack.send(slack.message("Hello?", user="U4", channel=ADVOCATES, thread_ts=thread))
    await asyncio.sleep(0.7)
    with open_engine(settings.talks_url).connect() as rows:
        assert rows.exec_driver_sql("SELECT count(*) FROM handovers").scalar() == 0
        assert rows.exec_driver_sql("SELECT count(*) FROM handover_lines").scalar() == 0


async def test_a_channel_that_slack_refuses_is_said_to_the_parent(slack, site, monkeypatch) -> None:
    monkeypatch.setattr(slack, "scopes", slack.scopes - {"chat:write"})
    parent = await Parent(site).open()
    await parent.say("a person please")
    await parent.press(SAY["yes"])
    assert await parent.news() == [SAY["unreachable"]]
    assert {slack.refused.pop() for _ in list(slack.refused)} == {"chat.postMessage: missing_scope"}


def test_two_processes_carry_each_line_once(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    one, other = (HandOver(open_engine(url), b"s" * 32) for _ in range(2))
    one.ask("talk", ["- words"], WORKDAY)
    one.heard("talk", "hello", WORKDAY)
    first = one.claim("one", WORKDAY)
    assert first is not None and first.body["kind"] == "asked"
    assert other.claim("other", WORKDAY) is None, "the next line of the talk waits for the one before"
    later = WORKDAY + timedelta(minutes=1)
    assert other.claim("other", later) == first, "what a dead process took is taken over"
    other.arrived([first])
    second = other.claim("other", later)
    assert second is not None and second.body["text"] == "hello"


def test_the_office_is_open_when_the_hours_say_so() -> None:
    consultation = shared.consultation()
    assert at_desk(consultation, WORKDAY)
    assert not at_desk(consultation, NIGHT)
    assert not at_desk(consultation, datetime(2026, 12, 25, 18, tzinfo=UTC)), "a day off"
