"""Who asks where, and who sees the answer."""

from __future__ import annotations

import asyncio

from assistant.talk.phrases import PHRASES
from tests.slack_serving import answer

SAY = PHRASES.slack


async def test_a_question_by_command_is_answered_to_one_person(slack, channel, model) -> None:
    model.say = lambda _: [answer("Yes, but with limits.")]
    await slack.send(slack.command("can they suspend him", user="U7", channel="C3"))
    [shown] = await slack.until(1)
    assert (shown.where, shown.user, shown.private) == ("C3", "U7", True)
    assert model.heard[0][0] == "slack:T0TEAM:plan:C3:U7"


async def test_a_mention_is_answered_in_its_thread_and_a_thread_is_one_talk(slack, channel, model) -> None:
    first = slack.mention("how long does it take")
    await slack.send(first)
    await slack.until(1)
    thread = first["event"]["ts"]
    await slack.send(slack.mention("and for an IEP?", user="U2", thread_ts=thread))
    await slack.until(2)
    await slack.send(slack.mention("something else"))
    shown = await slack.until(3)
    assert [one.payload["thread_ts"] for one in shown][:2] == [thread, thread]
    talks = [talk for talk, _ in model.heard]
    assert talks[0] == talks[1] != talks[2]


async def test_direct_messages_are_one_talk_of_one_person(slack, channel, model) -> None:
    await slack.send(slack.direct("hello", user="U1"))
    await slack.send(slack.direct("hello", user="U2"))
    await slack.until(2)
    assert sorted(talk for talk, _ in model.heard) == ["slack:T0TEAM:im:U1", "slack:T0TEAM:im:U2"]
    assert {one.where for one in slack.posted} == {"D1", "D2"}


async def test_what_people_say_to_each_other_is_not_answered(slack, channel, model) -> None:
    await slack.send(slack.message("has anybody seen the stapler"))
    await slack.send(slack.message("a robot speaks", bot_id="B1"))
    await slack.send(slack.direct("edited", subtype="message_changed"))
    await asyncio.sleep(0.2)
    assert (model.heard, slack.posted) == ([], [])


async def test_an_empty_command_or_mention_says_how_to_ask(slack, channel, model) -> None:
    await slack.send(slack.command(""))
    await slack.send(slack.mention(""))
    assert [one.text for one in await slack.until(2)] == [SAY["help"]] * 2


async def test_a_typed_command_of_rasa_is_plain_text(slack, channel, model) -> None:
    await slack.send(slack.direct('/inform{"plan":"iep"}'))
    await slack.send(slack.command("/restart"))
    await slack.until(2)
    assert sorted(model.texts) == ['inform{"plan":"iep"}', "restart"]
