"""A day of two advocates at work: notes that stay inside, who has a chat, what does not reach the parent and says so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.booking.consultation import Span
from assistant.booking.desk.shared import consultation
from assistant.booking.times.said_in_spanish import spanish_hours
from assistant.handover.head import slack_time
from assistant.handover.hours import at_desk, call_hours_words, hours_words
from assistant.handover.store import ALARMS
from tests.slack_serving import ADVOCATES, answer
from tests.unit.handover.test_handover import NIGHT, SAY, WORKDAY, Parent, clock, handed_over, site
from tests.waiting import eventually_here

__all__ = ["clock", "site"]


def line(slack, thread, text, user="U4", **more):
    return slack.message(text, user=user, channel=ADVOCATES, thread_ts=thread, **more)


def head(slack):
    return slack.seen(ADVOCATES)[0]


def told(slack, text):
    return any(text in one.text for one in slack.seen(ADVOCATES))


@pytest.mark.parametrize(
    "note",
    [
        "// this mom called last week",
        "note: difficult, want me to take it?",
        "  //ok",
        "*note:* difficult",
        "&gt; // difficult",
        "<@U5> // do you know her?",
        "<@U5|lee> do you know her?",
        "\u200b//\u00a0pasted",
    ],
)
async def test_a_private_note_stays_in_the_thread(slack, site, note) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, note))
    await slack.send(line(slack, thread, "Hello"))
    assert (await parent.news())[1:] == ["Hello"]


async def test_a_line_to_a_colleague_stays_in_the_thread_which_says_so(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, "<@U5> this mom is difficult"))
    await eventually_here(lambda: told(slack, SAY["colleague"]))
    assert await parent.news(wait=1) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("transfer", "no_person"),
        ("transfer to @Lee", "no_person"),
        ("send", "no_question"),
        ("send:", "no_question"),
        ("send ask_timline tx", "send_unknown"),
        ("send ask_timeline narnia", "send_unknown"),
    ],
)
async def test_a_command_without_what_it_needs_says_so_and_nothing_reaches_the_parent(
    slack, site, typed, said
) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, typed))
    await eventually_here(lambda: told(slack, SAY[said].partition("{")[0]))
    assert await parent.news(wait=1) == []


async def test_who_answers_first_has_the_chat_and_the_head_says_so(slack, site) -> None:
    _, thread = await handed_over(slack, site)
    assert "Nobody has it yet" in head(slack).text
    await slack.send(line(slack, thread, "Hello", user="U4"))
    await eventually_here(lambda: "<@U4> has it" in head(slack).text)
    assert [one["action_id"] for one in head(slack).buttons] == ["hand_back"]
    assert "they cut his minutes" in head(slack).text


async def test_a_chat_is_taken_by_its_button_and_handed_to_a_colleague(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(slack.press(head(slack), SAY["take"], user="U4"))
    await eventually_here(lambda: "<@U4> has it" in head(slack).text)
    await slack.send(line(slack, thread, "transfer <@U5>"))
    await eventually_here(lambda: "<@U5> has it" in head(slack).text)
    await eventually_here(lambda: told(slack, SAY["taken"].format(user="U5")))
    assert await parent.news(wait=1) == []


async def test_who_opens_a_chat_again_has_it_and_the_head_says_so(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, "Hello", user="U4"))
    await parent.news()
    await parent.press(SAY["back"])
    await eventually_here(lambda: "back with the assistant" in head(slack).text)
    await slack.send(line(slack, thread, "One more thing", user="U5"))
    await eventually_here(lambda: "<@U5> has it" in head(slack).text)
    assert [one["action_id"] for one in head(slack).buttons] == ["hand_back"]


def test_a_time_of_any_zone_is_told_in_utc_where_slack_shows_no_other() -> None:
    midnight = datetime(2026, 12, 1, tzinfo=ZoneInfo("America/Chicago"))
    assert slack_time(midnight).endswith("|Dec 1, 06:00 UTC>")
    assert slack_time(midnight) == slack_time(midnight.astimezone(UTC).replace(tzinfo=None))


async def test_a_chat_is_closed_with_a_note_that_stays_inside(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, "Hello"))
    await parent.news()
    await slack.send(line(slack, thread, "close: sent the consent form"))
    assert await parent.news() == [SAY["returned"]]
    await eventually_here(lambda: told(slack, "sent the consent form"))
    await eventually_here(lambda: "back with the assistant" in head(slack).text)
    assert head(slack).buttons == []


async def test_a_labelled_link_keeps_its_address(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(
        line(
            slack,
            thread,
            "Please fill <https://spedsa.org/forms/consent.pdf|this form>, call <tel:+12065550142|my desk> *today*",
        )
    )
    assert (await parent.news())[1:] == [
        "Please fill this form (https://spedsa.org/forms/consent.pdf), call my desk (+12065550142) **today**"
    ]


async def test_a_file_does_not_reach_the_parent_and_the_thread_says_so(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(
        line(slack, thread, "Here is the form", subtype="file_share", files=[{"name": "consent.pdf"}])
    )
    assert (await parent.news())[1:] == ["Here is the form"]
    await eventually_here(lambda: told(slack, SAY["file_lost"].format(files="consent.pdf")))


async def test_a_correction_reaches_the_parent(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    first = line(slack, thread, "Call me at 3")
    await slack.send(first)
    await parent.news()
    await slack.send(slack.edited(first, "Call me at 4"))
    assert await parent.news() == [SAY["corrected"].format(text="Call me at 4")]


async def test_a_line_is_taken_back_before_it_was_read_and_else_the_thread_says_so(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    first, second = line(slack, thread, "Wrong chat"), line(slack, thread, "Hello")
    await slack.send(first)
    await eventually_here(lambda: "<@U4> has it" in head(slack).text)
    await slack.send(slack.deleted(first))
    await eventually_here(lambda: told(slack, SAY["taken_back"]))
    await slack.send(second)
    heard: list[str] = []
    while "Hello" not in heard:
        heard += await parent.news()
    assert "Wrong chat" not in [*heard, *await parent.news(wait=1)]
    await slack.send(slack.deleted(second))
    await eventually_here(lambda: told(slack, SAY["was_read"]))


async def test_send_gives_the_parent_the_reviewed_answer_with_its_law(slack, site, model) -> None:
    parent, thread = await handed_over(slack, site)
    law = {"title": "Federal rule", "url": "https://www.ecfr.gov/x", "cite": "34 CFR 300.301"}
    model.say = lambda text: [answer("The school has 60 days.", sources=[law])]
    await slack.send(
        slack.mention("send how long may it take", user="U4", channel=ADVOCATES, thread_ts=thread)
    )
    assert (await parent.news())[1:] == ["The school has 60 days."]
    assert parent.person == "here"
    await eventually_here(lambda: told(slack, "Our answer went to the parent"))
    assert ('/inform{"plan": "iep"}') in model.texts, "it is answered for the parent's plan"


async def test_what_has_no_checked_answer_is_not_sent(slack, site, model) -> None:
    parent, thread = await handed_over(slack, site)
    model.say = lambda text: [
        {"text": "I have no checked answer to that.", "outcome": "out_of_scope", "buttons": []}
    ]
    await slack.send(line(slack, thread, "send who paints the bus"))
    await eventually_here(lambda: told(slack, SAY["no_answer"]))
    assert await parent.news(wait=1) == []


async def test_after_60_seconds_all_in_the_channel_hear_of_it_then_each_at_their_desk(
    slack, site, clock, monkeypatch
) -> None:
    about = consultation()
    monkeypatch.setattr(
        "assistant.handover.slack.consultation",
        lambda: replace(about, advocates=(replace(about.advocates[0], slack="U9"),)),
    )
    await handed_over(slack, site)
    clock.ahead(ALARMS[0])
    await eventually_here(lambda: told(slack, "has been waiting for a minute"))
    [alarm] = [one for one in slack.seen(ADVOCATES) if "<!here>" in one.text]
    assert alarm.payload["reply_broadcast"]
    assert slack.seen("D9") == []
    clock.ahead(ALARMS[1] - ALARMS[0])
    await eventually_here(lambda: slack.seen("D9"))
    await asyncio.sleep(1.2)
    assert len(slack.seen("D9")) == 1, "once, however many look"


async def test_the_thread_hears_that_nobody_came(slack, site, clock) -> None:
    parent, _ = await handed_over(slack, site)
    clock.ahead(timedelta(minutes=3))
    assert await parent.news() == [SAY["missed"]]
    await eventually_here(lambda: told(slack, SAY["missed_here"]))


async def test_two_open_chats_are_told_apart_in_the_readers_zone_and_on_the_home_tab(
    slack, site, monkeypatch
) -> None:
    about = consultation()
    mine = replace(about, advocates=(replace(about.advocates[0], slack="U4"),))
    monkeypatch.setattr("assistant.channels.slack.hearing.consultation", lambda: mine)
    await handed_over(slack, site)
    second = await Parent(site).open()
    await second.say("a person please")
    await second.press(SAY["yes"])
    await slack.until(2, ADVOCATES)
    slack.people["U4"] = {"id": "U4", "tz": "America/New_York", "profile": {"first_name": "Maria"}}
    await slack.send(slack.command("hand back", user="U4", channel=ADVOCATES))
    asked = (await slack.until(3, ADVOCATES))[-1]
    titles = [one["text"]["text"] for one in asked.buttons]
    assert len(set(titles)) == 2
    assert all("1:00 PM EST" in title for title in titles)
    assert any("IEP" in title for title in titles)
    await slack.send(slack.home(user="U4"))
    await eventually_here(lambda: "U4" in slack.homes)
    shown = str(slack.homes["U4"])
    assert shown.count("open the thread") == 2
    assert "archives/C9/p" in shown


def test_hours_of_all_advocates_are_told_each_once() -> None:
    about = consultation()
    one = replace(about.advocates[0], hours=((Span(time(9), time(17)),), *((),) * 6), desk=None)
    east = replace(one, id="two", zone=ZoneInfo("America/New_York"))
    assert hours_words(replace(about, advocates=(one, east, replace(one, id="three")))) == (
        "Monday 9 AM to 5 PM (Pacific time); or Monday 9 AM to 5 PM (Eastern time)"
    )


def test_a_desk_until_24_00_is_there_until_midnight_and_says_so() -> None:
    about = consultation()
    late = replace(about.advocates[0], hours=((), (Span(time(18), time()),), *((),) * 5), desk=None)
    mine = replace(about, advocates=(late,))
    assert "Tuesday 6 PM to midnight" in hours_words(mine)
    assert spanish_hours(mine) == "martes de 6:00 PM a medianoche (hora del Pacífico)"
    evening = WORKDAY.astimezone(late.zone).replace(hour=23, minute=59)
    assert at_desk(mine, evening)
    assert not at_desk(mine, evening.replace(hour=17))
    assert not at_desk(mine, evening + timedelta(minutes=1))


def test_the_hours_of_calls_are_not_those_of_chats() -> None:
    about = consultation()
    one = replace(
        about.advocates[0],
        hours=((Span(time(9), time(12)),), *((),) * 6),
        desk=((Span(time(8), time(20)),), *((),) * 6),
    )
    only = replace(about, advocates=(one,))
    assert hours_words(only) == "Monday 8 AM to 8 PM (Pacific time)"
    assert call_hours_words(only) == "Monday 9 AM to 12 PM (Pacific time)"


async def test_desk_hours_holidays_and_being_away_are_each_persons_own() -> None:
    about = consultation()
    one = replace(about.advocates[0], id="one", hours=((),) * 7, desk=about.advocates[0].hours)
    assert at_desk(replace(about, advocates=(one,)), WORKDAY), "desk hours apart from those of calls"
    assert not at_desk(replace(about, advocates=(one,)), NIGHT)
    assert not at_desk(replace(about, advocates=(one,)), WORKDAY, away={"one"})
    off = replace(one, days_off=frozenset({date(2026, 11, 24)}))
    assert not at_desk(replace(about, advocates=(off,)), WORKDAY)
    assert at_desk(replace(about, advocates=(off, replace(one, id="two"))), WORKDAY)


async def test_an_advocate_says_that_they_are_away_and_parents_are_told(slack, site, monkeypatch) -> None:
    about = consultation()
    mine = replace(about, advocates=(replace(about.advocates[0], slack="U4"),))
    monkeypatch.setattr("assistant.handover.slack.consultation", lambda: mine)
    await slack.send(slack.command("away until Thursday", user="U4", channel="C5"))
    [said] = await slack.until(1, "C5")
    assert "away from the desk until" in said.text
    parent = await Parent(site).open()
    assert SAY["yes"] not in parent.buttons
    assert "not at their desks" in (await parent.say("can I talk to a person"))[-1]
    for nonsense in (
        "away until Munday",
        "away until 2020-01-01",
        "away until 2026-02-30",
        "away for a while",
    ):
        before = len(slack.seen("C5"))
        await slack.send(slack.command(nonsense, user="U4", channel="C5"))
        assert (await slack.until(before + 1, "C5"))[-1].text == SAY["no_day"]
    await slack.send(slack.command("back", user="U4", channel="C5"))
    assert (await parent.say("can I talk to a person"))[-1] == SAY["offer"]
