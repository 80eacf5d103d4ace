"""In Slack a question without its answer is kept only after a yes, asked once and in private."""

from __future__ import annotations

import json

import pytest

from assistant.channels.slack.keeping import read, with_words
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.unanswered.consent import NO, YES
from assistant.unanswered.store import Unanswered
from tests.slack_serving import answer, reply
from tests.waiting import eventually_here

SAY = PHRASES.unanswered
QUESTION = "who paints the bus for Jayden, call 206-555-0142"
NOTED = {"why": "no_answer", "near": [], "topic": "", "point": "", "plan": "", "state": ""}


def not_known(text: str) -> list[dict]:
    if text.startswith("/"):
        return [reply("Deleted.", card={"kind": "deleted"})]
    return [reply("I have no checked answer.", outcome="out_of_scope", noted=NOTED)]


@pytest.fixture
def rows(settings):
    return Unanswered(settings.talks_url, settings.secrets).rows


async def asked(slack, body, where):
    await slack.send(body)
    return (await slack.until(2, where))[-1]


@pytest.mark.parametrize("way", ["direct", "plan"])
async def test_a_yes_keeps_the_masked_words_of_the_question(slack, channel, model, rows, way) -> None:
    model.say = not_known
    body, where = (
        (slack.direct(QUESTION), "D1") if way == "direct" else (slack.command(QUESTION, channel="C5"), "C5")
    )
    shown = await asked(slack, body, where)
    assert SAY["may_i_slack"] in shown.text
    assert [row.text for row in rows()] == [None]
    await slack.send(slack.press(shown, SAY["yes"]))
    assert (await slack.until(3, where))[-1].text.endswith(SAY["kept"])
    [row] = rows()
    assert row.channel == "slack"
    assert "who paints the bus" in row.text
    assert not any(private in row.text for private in ("Jayden", "0142"))
    await slack.send(
        slack.direct("and the roof") if way == "direct" else slack.command("and the roof", channel="C5")
    )
    await slack.until(4, where)
    assert [row.text for row in rows()][1:] == ["and the roof"]
    assert len(model.texts) == 2, "neither press nor question reaches the model"


async def test_a_no_keeps_none_and_nobody_is_asked_again(slack, channel, model, rows) -> None:
    model.say = not_known
    shown = await asked(slack, slack.direct(QUESTION), "D1")
    await slack.send(slack.press(shown, SAY["no"]))
    assert (await slack.until(3, "D1"))[-1].text.endswith(SAY["not_kept"])
    await slack.send(slack.direct("and the roof"))
    assert SAY["may_i_slack"] not in (await slack.until(4, "D1"))[-1].text
    assert [row.text for row in rows()] == [None, None]


async def test_nobody_is_asked_where_others_read_along(slack, channel, model, rows) -> None:
    model.say = not_known
    await slack.send(slack.mention(QUESTION))
    [said] = await slack.until(1, "C1")
    await slack.send(slack.mention("and now", thread_ts=said.payload["thread_ts"]))
    assert not any(SAY["may_i_slack"] in one.text for one in await slack.until(2, "C1"))
    assert len(rows()) == 2, "it counts all the same"


async def test_deleting_takes_the_kept_words_along(slack, channel, model, rows) -> None:
    model.say = not_known
    shown = await asked(slack, slack.direct(QUESTION), "D1")
    await slack.send(slack.press(shown, SAY["yes"]))
    await slack.until(3, "D1")
    model.say = lambda _: [reply("Deleted.", card={"kind": "deleted"})]
    await slack.send(slack.direct("delete what I wrote"))
    await eventually_here(lambda: rows() == [])


async def test_a_thumb_down_in_slack_is_a_row_too(slack, channel, model, rows) -> None:
    model.say = lambda _: [answer("Nothing. It is free.")]
    await slack.send(slack.direct("what does it cost"))
    [shown] = await slack.until(1)
    for _ in range(2):
        await slack.send(slack.press(shown, "👎"))
    await slack.until(3)
    assert [(row.why, row.topic) for row in rows()] == [("thumb_down", "ask_cost")]


@pytest.mark.parametrize("text", ["word " * 400, "🚌" * 1000, '"\\' * 900])
def test_long_words_fit_into_a_button(text) -> None:
    [made] = with_words([Reply("?", buttons=[Button("Keep", YES)])], "m 1", text)
    payload = made.buttons[0].payload
    said = read(payload)
    assert said is not None and said.agreed and said.message == "m 1"
    assert text.startswith(said.text[:10])
    signed = len(json.dumps([f"slack:T0TEAM:plan:C0123456789:U0123456789 {payload}", "x" * 60])) * 4 / 3
    assert signed + 100 < 2000


@pytest.mark.parametrize("typed", ["how long", NO, f"{YES} not json", f"{YES} []"])
def test_what_was_typed_is_no_press(typed) -> None:
    assert read(typed) is None
