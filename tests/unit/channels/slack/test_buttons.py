"""What each button does, and for whom."""

from __future__ import annotations

from assistant.talk.phrases import PHRASES
from tests.slack_serving import answer, reply, serving

SAY = PHRASES.slack


async def test_share_here_posts_the_answer_without_question_or_buttons(slack, channel, model) -> None:
    said = answer("Yes, but with limits.", buttons=[{"title": "504 plan", "payload": "/inform"}])
    model.say = lambda _: [said | {"text": f"{said['text']}\n\n{PHRASES.which_plan}"}]
    await slack.send(slack.command("my son Jayden was suspended", user="U7", channel="C3"))
    [private] = await slack.until(1)
    await slack.send(slack.press(private, "Share here", user="U7"))
    shared_here = (await slack.until(2))[1]
    assert (shared_here.where, shared_here.private) == ("C3", False)
    assert shared_here.text == "<@U7> shares an answer of Which Plan:\nYes, but with limits."


async def test_who_presses_a_shared_answer_goes_on_in_a_talk_of_their_own(slack, channel, model) -> None:
    said = answer(
        "Yes, but with limits.", more="- step one", buttons=[{"title": "504 plan", "payload": "/inform"}]
    )
    model.say = lambda _: [said]
    await slack.send(slack.command("my daughter has an IEP", user="U7", channel="C3"))
    [private] = await slack.until(1)
    await slack.send(slack.press(private, "Share here", user="U7"))
    shared = (await slack.until(2))[1]
    await slack.send(slack.press(shared, "More", user="U8"))
    unfolded = (await slack.until(3))[2]
    assert unfolded.private and "step one" in unfolded.text
    assert unfolded.buttons == [], "neither her questions, nor sharing or voting in her name"
    assert shared.text.startswith("<@U7> shares an answer"), "it stays as she shared it"
    stolen = slack.press(private, "504 plan", user="U8")
    await slack.send(stolen)
    await slack.until(4)
    talks = [talk for talk, _ in model.heard]
    assert talks[0].endswith(":U7")
    assert talks[-1].endswith(":U8"), "a button belongs to who presses it"


async def test_nobody_shares_in_anothers_name(slack, channel, model) -> None:
    model.say = lambda _: [answer("Yes, but with limits.")]
    await slack.send(slack.command("suspended", user="U7", channel="C3"))
    [private] = await slack.until(1)
    await slack.send(slack.press(private, "Share here", user="U8"))
    assert (await slack.until(2))[1].text == PHRASES.slack["no_longer"]


async def test_a_button_goes_on_in_the_same_talk_and_place(slack, channel, model) -> None:
    model.say = lambda _: [reply("Pick.", buttons=[{"title": "IEP", "payload": '/inform{"plan": "iep"}'}])]
    asked = slack.mention("how long does it take")
    await slack.send(asked)
    [shown] = await slack.until(1)
    await slack.send(slack.press(shown, "IEP", user="U2"))
    after = (await slack.until(2))[1]
    assert after.payload["thread_ts"] == asked["event"]["ts"]
    assert model.heard[1] == (model.heard[0][0], '/inform{"plan": "iep"}')
    assert after.text.startswith("_You asked: IEP_")


async def test_a_forged_button_is_refused(slack, channel, model) -> None:
    model.say = lambda _: [reply("Pick.", buttons=[{"title": "IEP", "payload": "/a"}])]
    await slack.send(slack.mention("how long"))
    [shown] = await slack.until(1)
    click = slack.press(shown, "IEP")
    click["actions"][0]["value"] = "/restart"
    await slack.send(click)
    assert (await slack.until(2))[1].text == SAY["no_longer"]
    assert model.texts == ["how long"]


async def test_more_unfolds_the_answer_in_its_place_also_after_a_restart(slack, settings, model) -> None:
    model.say = lambda _: [answer("Sixty days.", "Then the steps.")]
    async with serving(settings, model) as (_, slack.app_url):
        await slack.send(slack.mention("how long"))
        [folded] = await slack.until(1)
        assert "steps" not in folded.text
    async with serving(settings, model) as (_, slack.app_url):
        await slack.send(slack.press(folded, "More"))
        unfolded = (await slack.until(2))[1]
    assert "Then the steps." in unfolded.text
    assert unfolded.payload["replace_original"] is True


async def test_thumbs_are_counted_once_a_person(slack, channel, model) -> None:
    from prometheus_client import REGISTRY

    def count() -> float:
        labels = {"intent": "ask_cost", "plan": "iep", "helpful": "true"}
        return REGISTRY.get_sample_value("whichplan_feedback_total", labels) or 0.0

    before = count()
    model.say = lambda _: [answer("Nothing. It is free.")]
    await slack.send(slack.direct("what does it cost"))
    [shown] = await slack.until(1)
    for _ in range(2):
        await slack.send(slack.press(shown, "👍"))
    after = await slack.until(3)
    assert after[1].text == SAY["thanks"]
    assert count() - before == 1
