from __future__ import annotations

import asyncio
import statistics
from dataclasses import replace as with_
from datetime import UTC, datetime, timedelta

import pytest

from assistant.booking import Contact
from assistant.booking.desk import shared
from assistant.channels.slack import post as slack_post
from assistant.clock import set_clock
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES
from tests.booking_world import deliver
from tests.fake_slack import FakeSlack
from tests.slack_serving import ADVOCATES, answer, reply, serving
from tests.waiting import eventually_here

SAY = PHRASES.slack
WORKDAY = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""A Tuesday at ten in Los Angeles."""


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """A booking desk of its own, on a workday."""
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    shared.close_desk()
    set_clock(lambda: WORKDAY)
    yield shared.open_desk()
    shared.close_desk()
    set_clock(None)


# -- who asks where, and who sees it -----------------------------------------------------------------


async def test_a_question_by_command_is_answered_to_one_person(slack, channel, model) -> None:
    model.say = lambda _: [answer("Yes, but with limits.")]
    await slack.send(slack.command("can they suspend him", user="U7", channel="C3"))
    [shown] = await slack.until(1)
    assert (shown.where, shown.user, shown.private) == ("C3", "U7", True)
    assert model.heard[0][0] == "slack:T0TEAM:plan:C3:U7"


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


async def test_booking_never_asks_for_a_name_where_others_read(slack, channel, model) -> None:
    model.say = lambda text: [reply("What is your first name?", outcome="booking")] if text != "/stop" else [reply("Stopped.")]  # fmt: skip
    await slack.send(slack.mention("book a call"))
    [shown] = await slack.until(1)
    assert "first name" not in shown.text
    assert shown.titled("Book a call")
    assert model.texts == ["book a call", "/stop"], "or the next mention would be taken for a name"


async def test_an_empty_command_or_mention_says_how_to_ask(slack, channel, model) -> None:
    await slack.send(slack.command(""))
    await slack.send(slack.mention(""))
    assert [one.text for one in await slack.until(2)] == [SAY["help"]] * 2


async def test_a_typed_command_of_rasa_is_plain_text(slack, channel, model) -> None:
    await slack.send(slack.direct('/inform{"plan":"iep"}'))
    await slack.send(slack.command("/restart"))
    await slack.until(2)
    assert sorted(model.texts) == ['inform{"plan":"iep"}', "restart"]


# -- buttons ----------------------------------------------------------------------------------------


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


# -- home tab and modal -----------------------------------------------------------------------------


async def test_the_home_tab_lists_topics_and_coming_calls_without_contacts(
    slack, channel, model, desk
) -> None:
    opening = (await desk.openings(shared.consultation().advocates[0].zone))[0]
    held = await desk.hold(opening, "web1")
    await desk.confirm(
        held, shared_contact(), conversation="web1", zone=shared.consultation().advocates[0].zone, key="k"
    )
    await slack.send(slack.home("U5"))
    shown = str(await eventually_here(lambda: slack.homes.get("U5")))
    assert "Tasha" in shown
    assert not any(secret in shown for secret in ("Reyes", "example.com"))
    title = library().answers[library().suggestions.slack_home[0]].title
    await slack.send(slack.press_home(title[:40], user="U5"))
    [asked] = await slack.until(1, "D5")
    assert model.heard == [("slack:T0TEAM:im:U5", f"/{library().suggestions.slack_home[0]}")]
    assert title in asked.text


def shared_contact():
    return Contact("Tasha Reyes", "tasha@example.com")


async def opened_form(slack: FakeSlack, channel, model) -> str:
    model.say = lambda _: [reply("Name?", outcome="booking")]
    await slack.send(slack.mention("book a call"))
    [shown] = await slack.until(1)
    await slack.send(slack.press(shown, "Book a call"))
    views = await eventually_here(
        lambda: slack.views, lambda views: any(view.get("submit") for view in views.values())
    )
    return next(iter(views))


def times(slack: FakeSlack, view: str) -> list[str]:
    select = next(b for b in slack.views[view]["blocks"] if b.get("block_id") == "opening")
    return [one["value"] for one in select["element"]["options"]]


async def shows(slack: FakeSlack, view: str, words: str) -> str:
    """Wait until the modal says something; return all that it says."""
    return await eventually_here(
        lambda: str(slack.views[view]), lambda shown: words in shown, why=lambda: slack.refused
    )


def filled(slack: FakeSlack, view: str, **values: str) -> dict[str, str]:
    return {"name": "pat", "address": "pat@example.org", "opening": times(slack, view)[0], **values}


async def test_the_modal_books_once_and_says_so(slack, channel, model, desk) -> None:
    view = await opened_form(slack, channel, model)
    values = filled(slack, view, reason="suspended")
    pressed_twice = [slack.submit(view, values) for _ in range(2)]
    for answered in await asyncio.gather(*(slack.send(one) for one in pressed_twice)):
        assert answered[0] == 200 and answered[2]["response_action"] == "update"
    said = await shows(slack, view, "Your call is booked")
    assert "30 minutes" in said and "An invitation comes by email to pat@example.org" in said
    await asyncio.sleep(0.3)
    assert "Your call is booked" in str(slack.views[view]), "the second press takes nothing back"
    calls = [call for call in await desk.all_calls() if call.state == "booked"]
    assert [(call.name, call.email, call.reason) for call in calls] == [
        ("Pat", "pat@example.org", "suspended")
    ]
    assert calls[0].conversation == "slack:T0TEAM:im:U1", "so that it can be moved in direct messages"
    assert slack.refused == []


async def test_a_call_booked_by_phone_says_where_we_call(slack, channel, model, desk) -> None:
    view = await opened_form(slack, channel, model)
    await slack.send(slack.submit(view, filled(slack, view, address="206 342 8123")))
    assert "We call you at (206) 342-8123" in await shows(slack, view, "Your call is booked")


async def test_the_modal_says_what_can_not_be_right_and_takes_the_corrected_form(
    slack, channel, model, desk
) -> None:
    view = await opened_form(slack, channel, model)
    _, _, said = await slack.send(slack.submit(view, filled(slack, view, address="nonsense")))
    assert said == {"response_action": "errors", "errors": {"address": SAY["modal_bad_address"]}}
    _, _, said = await slack.send(slack.submit(view, filled(slack, view)))
    assert said["response_action"] == "update"
    await shows(slack, view, "Your call is booked")
    assert view not in slack.closed and slack.refused == []


async def test_more_open_calls_than_one_may_have_are_refused_in_words(slack, channel, model, desk) -> None:
    zone, most = shared.consultation().advocates[0].zone, shared.consultation().open_calls_an_email
    for number in range(most):
        held = await desk.hold((await desk.openings(zone, limit=60))[5 * number], f"web{number}")
        person = Contact("Pat", "pat@example.org")
        await desk.confirm(held, person, conversation=f"web{number}", zone=zone, key=str(number))
    view = await opened_form(slack, channel, model)
    await slack.send(slack.submit(view, filled(slack, view)))
    await shows(slack, view, f"already {most} open calls")


async def test_too_many_tries_are_refused_in_words_and_the_form_stays(slack, channel, model, desk) -> None:
    view = await opened_form(slack, channel, model)
    for _ in range(shared.consultation().tries_an_hour):
        await desk.hold("nothing", "slack:T0TEAM:im:U1")
    await slack.send(slack.submit(view, filled(slack, view)))
    assert "pat@example.org" in await shows(slack, view, "a lot of tries")


async def test_a_time_that_was_taken_meanwhile_gives_the_form_back_with_what_was_typed(
    slack, channel, model, desk
) -> None:
    view = await opened_form(slack, channel, model)
    first = times(slack, view)[0]
    await desk.hold(first, "somebody else")
    await slack.send(slack.submit(view, {"name": "Pat", "address": "pat@example.org", "opening": first}))
    await shows(slack, view, SAY["modal_taken"])
    assert "pat@example.org" in str(slack.views[view])
    assert first not in times(slack, view)


async def test_a_booking_on_the_website_is_announced_with_first_name_and_time(slack, channel, desk) -> None:
    zone = shared.consultation().advocates[0].zone
    opening = (await desk.openings(zone))[0]
    held = await desk.hold(opening, "web1")
    booked = await desk.confirm(
        held, shared_contact(), conversation="web1", zone=zone, key="k", reason="write to tasha@example.com"
    )
    await channel.announce("booked", booked.call)
    [shown] = slack.seen(ADVOCATES)
    assert shown.text.startswith("*New call:* Tasha, ")
    assert not any(secret in shown.text for secret in ("Reyes", "tasha@"))


async def test_an_announcement_waits_in_the_outbox_while_slack_is_away(
    slack, channel, settings, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    for name in ("bot_token", "signing_secret", "channel"):
        monkeypatch.setenv(f"WHICHPLAN_SLACK_{name.upper()}", getattr(settings, f"slack_{name}"))
    now = [WORKDAY]
    set_clock(lambda: now[0])
    shared.close_desk()
    shared.announce_with(channel.announce)
    try:
        desk, zone = shared.open_desk(), shared.consultation().advocates[0].zone
        held = await desk.hold((await desk.openings(zone))[0], "web1")
        slack.busy("chat.postMessage", times=1, status=503)
        await desk.confirm(held, shared_contact(), conversation="web1", zone=zone, key="k")
        await deliver(desk)
        assert slack.posted == []
        now[0] += timedelta(minutes=1)
        await deliver(desk)
        assert [one.text.split(",")[0] for one in slack.seen(ADVOCATES)] == ["*New call:* Tasha"]
    finally:
        shared.announce_with(None)
        shared.close_desk()
        set_clock(None)


# -- Slack in trouble -------------------------------------------------------------------------------


async def test_an_answer_waits_as_long_as_slack_says(slack, channel, model) -> None:
    slack.busy("chat.postMessage", times=2, retry_after=0.2)
    await slack.send(slack.mention("how long"))
    assert [one.text for one in await slack.until(1)] == ["You said how long."]


async def test_an_outage_is_waited_out(slack, channel, model, monkeypatch) -> None:
    monkeypatch.setattr(slack_post, "FIRST_WAIT_SECONDS", 0.05)
    slack.busy("chat.postMessage", times=3, status=503)
    slack.busy("respond", times=3, status=503)
    await slack.send(slack.mention("how long"))
    await slack.send(slack.command("how long"))
    assert len(await slack.until(2)) == 2


async def test_after_too_long_one_short_true_message_stands_for_the_answer(
    slack, channel, model, monkeypatch
) -> None:
    monkeypatch.setattr(slack_post.deliver, "__defaults__", (0.3,))
    model.say = lambda _: [reply("One."), reply("Two."), reply("Three.")]
    slack.busy("chat.postMessage", times=2, retry_after=0.5)
    await slack.send(slack.mention("how long"))
    await slack.until(1)
    await asyncio.sleep(0.6)
    assert [one.text for one in slack.posted] == [SAY["not_delivered"]]


async def test_a_form_that_slack_refuses_still_says_the_words(slack, channel, model) -> None:
    model.say = lambda _: [reply("Pick.", buttons=[{"title": "", "payload": "/a"}])]
    await slack.send(slack.mention("how long"))
    assert [one.text for one in await slack.until(1)] == ["Pick."]
    assert slack.refused.pop().startswith("chat.postMessage: invalid_blocks")


async def test_a_model_that_fails_or_hangs_is_said_so(slack, settings, model) -> None:
    def fail(text: str) -> list:
        raise RuntimeError("secret words")

    model.say = fail
    async with serving(with_(settings, answer_seconds=0.2), model) as (_, slack.app_url):
        await slack.send(slack.direct("how long"))
        assert (await slack.until(1))[0].text == PHRASES.errors["action"]
        model.seconds = 5
        await slack.send(slack.direct("how long"))
        assert (await slack.until(2))[1].text == PHRASES.errors["timeout"]
        model.seconds = 0
        await slack.send(slack.direct("he wants to die"))
        assert "988" in (await slack.until(3))[2].text, "danger is answered without any model"


async def test_only_slack_is_heard(slack, channel, model) -> None:
    said = slack.mention("how long")
    assert (await slack.send(said, secret="another"))[0] == 401
    assert (await slack.send(said, age=600))[0] == 401
    assert model.heard == []


async def test_slack_hears_back_within_500_ms_while_the_model_is_busy(slack, channel, model) -> None:
    import time

    real = model.say

    def slow(text: str) -> list:
        time.sleep(0.03)  # as long as the model holds up the loop
        return real(text)

    model.say = slow
    model.seconds = 0.05
    waits = []
    for _ in range(10):
        done = await asyncio.gather(*(slack.send(slack.mention(f"q{n}", user=f"U{n}")) for n in range(8)))
        waits += [seconds for _, seconds, _ in done]
        await asyncio.sleep(0.15)
    await slack.until(80, seconds=30)
    worst = statistics.quantiles(waits, n=100)[98]
    assert worst < 0.5, f"99 % within {worst:.3f} s"


# -- Socket Mode ------------------------------------------------------------------------------------


async def test_socket_mode_serves_the_same_and_comes_back_after_a_drop(slack, settings, model) -> None:
    async with serving(with_(settings, slack_app_token=slack.app_token, slack_signing_secret=""), model):
        await asyncio.wait_for(slack.connected.wait(), 5)
        said = slack.mention("how long")
        await slack.send_by_socket(said)
        await slack.send_by_socket(said, retry=1)
        await slack.send_by_socket(slack.command("what is FAPE"))
        await slack.until(2)
        await slack.drop()
        await asyncio.wait_for(slack.connected.wait(), 15)
        await slack.send_by_socket(slack.direct("hello again"))
        await slack.until(3)
    assert model.texts == ["how long", "what is FAPE", "hello again"]
