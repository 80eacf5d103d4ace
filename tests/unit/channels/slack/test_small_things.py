"""What members of a workspace try that nobody named: help, a file, somebody else's chat, when is my call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.booking.desk.shared import consultation
from assistant.channels.slack.blocks import messages
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from tests.slack_serving import ADVOCATES, answer, reply

SAY = PHRASES.slack


@pytest.mark.parametrize("way", ["direct", "plan"])
async def test_help_is_what_slack_calls_help(slack, channel, model, way) -> None:
    await slack.send(slack.direct("Help") if way == "direct" else slack.command("help"))
    [said] = await slack.until(1)
    assert said.text == SAY["help"]
    assert model.texts == []


async def test_a_file_is_not_answered_as_if_it_had_been_read(slack, channel, model) -> None:
    files = [{"name": "letter.pdf"}]
    await slack.send(slack.direct("is this letter ok?", subtype="file_share", files=files))
    first, second = await slack.until(2)
    assert first.text == SAY["no_files"].format(files="letter.pdf")
    assert "You said is this letter ok?" in second.text


async def test_a_file_alone_is_answered_by_that_alone(slack, channel, model) -> None:
    await slack.send(slack.direct("", subtype="file_share", files=[{"name": "letter.pdf"}]))
    [said] = await slack.until(1)
    assert "letter.pdf" in said.text
    assert model.texts == []


async def test_when_is_my_call_is_not_refused_as_if_others_read_along(slack, channel, model) -> None:
    model.say = lambda _: [reply("Your call is on Monday.", outcome="booking")]
    await slack.send(slack.command("when is my call"))
    [said] = await slack.until(1)
    assert said.text.startswith(SAY["in_private_plan"])
    assert said.titled(SAY["book"])


@pytest.mark.parametrize(
    ("user", "where", "may"), [("U7", "C5", False), ("U7", ADVOCATES, True), ("U4", "C5", True)]
)
async def test_only_advocates_hand_a_parents_chat_back(slack, channel, monkeypatch, user, where, may) -> None:
    about = consultation()
    mine = replace(about, advocates=(replace(about.advocates[0], slack="U4"),))
    monkeypatch.setattr("assistant.channels.slack.hearing.consultation", lambda: mine)
    await slack.send(slack.command("hand back", user=user, channel=where))
    [said] = await slack.until(1)
    assert said.text == PHRASES.handover["none_open" if may else "not_yours"]


@pytest.mark.parametrize(
    ("title", "cite", "said"),
    [
        ("Federal rule 34 CFR 300.301", "34 CFR 300.301(c)(1)", "<https://x.org/|Federal rule 34 CFR 300.301(c)(1)>"),
        ("Federal rule 34 CFR 300.301", "34 CFR 300.301", "<https://x.org/|Federal rule 34 CFR 300.301>"),
        ("Parent guide", "34 CFR 104.35", "<https://x.org/|Parent guide>, 34 CFR 104.35"),
    ],
)  # fmt: skip
def test_a_cite_is_said_once(title, cite, said) -> None:
    shown = answer("60 days.", sources=[{"title": title, "url": "https://x.org/", "cite": cite}])
    [message] = messages(Reply.from_json(shown), lambda _: "value")
    assert message.blocks[-1]["elements"][-1]["text"] == said


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000", "  ", "\u200b "])
async def test_a_pasted_space_behind_plan_is_a_space(slack, channel, model, space) -> None:
    await slack.send(slack.command(f"{space}hand{space}back{space}", channel=ADVOCATES))
    assert (await slack.until(1))[0].text == PHRASES.handover["none_open"]
    await slack.send(slack.command(f"{space}help{space}"))
    assert (await slack.until(2))[-1].text == SAY["help"]
    await slack.send(slack.command(f"away{space}until{space}Munday"))
    assert (await slack.until(3))[-1].text == PHRASES.handover["no_day"]
    await slack.send(slack.command(f"what{space}is{space}an{space}iep"))
    await slack.until(4)
    assert [text.split() for text in model.texts] == ["what is an iep".split()]
