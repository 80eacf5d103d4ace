"""What was seen to go wrong with Rasa's own connector: one test for each, by its name."""

from __future__ import annotations

import asyncio

from tests.slack_serving import reply


async def test_three_paragraphs_become_three_messages(slack, channel, model) -> None:
    model.say = lambda _: [reply("One.\n\nTwo.\n\nThree.")]
    await slack.send(slack.mention("why"))
    await slack.until(1)
    await asyncio.sleep(0.2)
    assert [one.text for one in slack.posted] == ["One.\n\nTwo.\n\nThree."]


async def test_more_than_five_buttons_all_vanish(slack, channel, model) -> None:
    model.say = lambda _: [
        reply("Pick.", buttons=[{"title": f"B{n}", "payload": f"/b{n}"} for n in range(30)])
    ]
    await slack.send(slack.mention("why"))
    [shown] = await slack.until(1)
    assert [one["text"]["text"] for one in shown.buttons] == [f"B{n}" for n in range(30)]


async def test_titles_over_75_characters_are_not_cut(slack, channel, model) -> None:
    title = "Does a school have to give my daughter extra time on state tests if she has only a 504 plan?"
    model.say = lambda _: [reply("Pick.", buttons=[{"title": title, "payload": "/ask_testing"}])]
    await slack.send(slack.mention("why"))
    [shown] = await slack.until(1)
    [made] = shown.buttons
    assert len(made["text"]["text"]) <= 75
    assert title in shown.text, "the whole title stands above"


async def test_a_section_over_3000_characters_is_refused_by_slack(slack, channel, model) -> None:
    long = " ".join(f"word{n}" for n in range(900))
    model.say = lambda _: [reply(long)]
    await slack.send(slack.mention("why"))
    [shown] = await slack.until(1)
    assert shown.text.split() == long.split()


async def test_text_beside_buttons_loses_links_and_bold(slack, channel, model) -> None:
    said = "**Call** [988](tel:988) or see [the rule](https://www.ecfr.gov/x)."
    model.say = lambda _: [reply(said, buttons=[{"title": "Why", "payload": "/b"}])]
    await slack.send(slack.mention("why"))
    [shown] = await slack.until(1)
    assert shown.text.startswith("*Call* <tel:988|988> or see <https://www.ecfr.gov/x|the rule>.")


async def test_a_mention_in_the_home_channel_is_answered_twice(slack, channel, model) -> None:
    mention = slack.mention("how long does it take")
    await asyncio.gather(slack.send(mention), slack.send(slack.as_message(mention)))
    await slack.until(1)
    await asyncio.sleep(0.2)
    assert len(slack.posted) == 1
    assert model.texts == ["how long does it take"]


async def test_the_message_of_a_mention_is_answered_when_the_mention_is_lost(slack, channel, model) -> None:
    await slack.send(slack.as_message(slack.mention("how long does it take")))
    await slack.until(1)
    assert model.texts == ["how long does it take"]


async def test_mailto_and_amp_reach_nlu_raw(slack, channel, model) -> None:
    await slack.send(slack.direct("Pat, <mailto:pat@example.org|pat@example.org>, for R&amp;R &lt;3"))
    await slack.until(1)
    assert model.texts == ["Pat, pat@example.org, for R&R <3"]


async def test_retries_for_http_timeout_are_thrown_away(slack, channel, model) -> None:
    lost = slack.mention("the first delivery of this never arrived")
    status, _, _ = await slack.send(lost, retry=1)
    await slack.until(1)
    assert (status, model.texts) == (200, ["the first delivery of this never arrived"])


async def test_a_slash_command_gives_500(slack, channel, model) -> None:
    status, _, _ = await slack.send(slack.command("can they suspend a kid with an IEP"))
    [shown] = await slack.until(1)
    assert status == 200
    assert shown.private
    assert model.texts == ["can they suspend a kid with an IEP"]
