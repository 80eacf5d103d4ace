"""The form for a call."""

from __future__ import annotations

import asyncio

from assistant.booking import Contact
from assistant.booking.desk import shared
from assistant.talk.phrases import PHRASES
from tests.fake_slack import FakeSlack
from tests.slack_serving import reply
from tests.unit.channels.slack.desk import desk
from tests.waiting import eventually_here

SAY = PHRASES.slack

__all__ = ["desk"]


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
