"""A parent who closes the chat and left an address hears by e-mail that an advocate answered: once, and without a word of the chat."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy

import pytest

from assistant.booking.desk import shared
from assistant.handover.by_email import LEFT
from assistant.handover.emails import Emails
from assistant.handover.store import NOBODY_CAME, HandOver
from assistant.store.talks_database import open_engine
from tests.slack_serving import ADVOCATES
from tests.unit.handover.test_at_work import line, told
from tests.unit.handover.test_handover import SAY, clock, handed_over, site
from tests.waiting import eventually_here

__all__ = ["clock", "site"]
PRIVATE = ("Call me at 3", "they cut his minutes", "Jayden", "IEP", "206-555-0142")


@pytest.fixture
def outbox(settings, clock, monkeypatch):
    """Delivers what is due as the server does, with the address of the settings; returns the e-mails so far."""
    monkeypatch.setenv("WHICHPLAN_SLACK_BOT_TOKEN", settings.slack_bot_token)
    monkeypatch.setenv("WHICHPLAN_SLACK_SIGNING_SECRET", settings.slack_signing_secret)
    handover = HandOver(open_engine(settings.talks_url), settings.secrets)
    shared.announce_with(None, Emails(handover).write)

    async def mails():
        await (await shared.shared_desk()).worker.deliver_due()
        files = sorted((settings.data / "outbox").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    yield mails
    shared.announce_with(None)


async def with_address(slack, site):
    parent, thread = await handed_over(slack, site)
    assert await parent.press(SAY["email_me"]) == [SAY["email_ask"]]
    assert await parent.say("Pat@Example.org") == [SAY["email_kept"].format(address="pat@example.org")]
    return parent, thread


async def answered(slack, thread, settings, text="Call me at 3"):
    """Let an advocate write, and wait until the line lies ready for the parent."""
    handover = HandOver(open_engine(settings.talks_url), settings.secrets)
    talk = handover.in_thread(ADVOCATES, thread)
    await slack.send(line(slack, thread, text))
    await eventually_here(lambda: any(one.body.get("text") == text for one in handover.for_parent(talk)))


async def test_an_answer_after_the_chat_was_closed_goes_out_as_an_email(
    slack, site, clock, outbox, settings
) -> None:
    _, thread = await with_address(slack, site)
    await answered(slack, thread, settings)
    await asyncio.sleep(0.8)
    assert await outbox() == [], "the parent may be about to read it"
    clock.ahead(LEFT)
    await eventually_here(lambda: told(slack, SAY["mailed"]))
    [mail] = await outbox()
    assert mail["To"] == "pat@example.org"
    text = mail.get_content()
    assert "has answered in the chat" in text
    assert "https://plan.example.org/" in text
    assert not any(private in str(mail) for private in PRIVATE)


async def test_whoever_reads_it_in_the_chat_gets_no_email(slack, site, clock, outbox, settings) -> None:
    parent, thread = await with_address(slack, site)
    await answered(slack, thread, settings)
    assert (await parent.news())[-1] == "Call me at 3"
    clock.ahead(LEFT)
    await asyncio.sleep(1.2)
    assert await outbox() == []
    assert not told(slack, SAY["mailed"])


async def test_several_answers_are_one_email_until_the_parent_comes_back(
    slack, site, clock, outbox, settings
) -> None:
    parent, thread = await with_address(slack, site)
    await answered(slack, thread, settings)
    clock.ahead(LEFT)
    await eventually_here(lambda: told(slack, SAY["mailed"]))
    await answered(slack, thread, settings, "Or at 4")
    clock.ahead(LEFT)
    await asyncio.sleep(1.2)
    assert len(await outbox()) == 1
    assert (await parent.news())[-2:] == ["Call me at 3", "Or at 4"]
    await answered(slack, thread, settings, "Or at 5")
    clock.ahead(LEFT)
    await asyncio.sleep(1.2)
    assert len(await outbox()) == 2


async def test_who_comes_back_before_the_mail_server_takes_it_gets_none(
    slack, site, clock, outbox, settings
) -> None:
    parent, thread = await with_address(slack, site)
    await answered(slack, thread, settings)
    clock.ahead(LEFT)
    await eventually_here(lambda: told(slack, SAY["mailed"]))
    await parent.news()
    assert await outbox() == []


async def test_after_nobody_came_the_address_may_still_be_given(slack, site, clock, outbox, settings) -> None:
    parent, thread = await handed_over(slack, site)
    clock.ahead(NOBODY_CAME)
    assert await parent.news() == [SAY["missed"]]
    assert await parent.press(SAY["email_me"]) == [SAY["email_ask"]]
    await parent.say("my email is pat@example.org")
    await answered(slack, thread, settings, "Sorry, I was in a meeting")
    clock.ahead(LEFT)
    await eventually_here(lambda: told(slack, SAY["mailed"]))
    assert [mail["To"] for mail in await outbox()] == ["pat@example.org"]


async def test_the_address_itself_never_stands_in_slack(slack, site) -> None:
    await with_address(slack, site)
    await eventually_here(lambda: told(slack, SAY["email_there"]))
    assert not any("pat@" in one.text.lower() for one in slack.posted)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("pat@gmail.con", SAY["email_meant"].format(meant="pat@gmail.com")), ("pat@", SAY["email_bad"])],
)
async def test_a_slip_in_the_address_is_asked_about(slack, site, typed, said) -> None:
    parent, _ = await handed_over(slack, site)
    await parent.press(SAY["email_me"])
    assert await parent.say(typed) == [said]
    assert await parent.say("pat@gmail.com") == [SAY["email_kept"].format(address="pat@gmail.com")]


async def test_what_is_no_address_goes_to_the_advocates_and_an_address_unasked_too(slack, site) -> None:
    parent, _ = await handed_over(slack, site)
    await parent.press(SAY["email_me"])
    assert await parent.say("never mind, I stay here") == []
    await eventually_here(lambda: told(slack, "never mind, I stay here"))
    assert await parent.say("k.lee@school.org") == []
    await eventually_here(lambda: told(slack, "k.lee@school.org"))


async def test_danger_is_answered_whatever_was_asked_for(slack, site) -> None:
    parent, _ = await handed_over(slack, site)
    await parent.press(SAY["email_me"])
    await parent.say("i want to kill myself")
    await eventually_here(lambda: told(slack, SAY["crisis"]))


async def test_a_deleted_talk_takes_its_address_and_its_email_along(
    slack, site, clock, outbox, settings
) -> None:
    parent, thread = await with_address(slack, site)
    await answered(slack, thread, settings)
    clock.ahead(LEFT)
    await eventually_here(lambda: told(slack, SAY["mailed"]))
    await parent.delete()
    assert await outbox() == []
    assert HandOver(open_engine(settings.talks_url), settings.secrets).by_email.due(clock.now) == []
