"""The home tab."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.booking import Contact
from assistant.booking.desk import shared
from assistant.channels.slack.text import escaped
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES
from tests.unit.channels.slack.desk import desk, shared_contact
from tests.waiting import eventually_here

SAY = PHRASES.slack

__all__ = ["desk"]


@pytest.fixture
def advocate(monkeypatch):
    """U5 is an advocate."""
    about = shared.consultation()
    mine = replace(about, advocates=(replace(about.advocates[0], slack="U5"), *about.advocates[1:]))
    monkeypatch.setattr("assistant.channels.slack.hearing.consultation", lambda: mine)


async def booked(desk, person=None) -> None:
    opening = (await desk.openings(shared.consultation().advocates[0].zone))[0]
    held = await desk.hold(opening, "web1")
    await desk.confirm(
        held,
        person or shared_contact(),
        conversation="web1",
        zone=shared.consultation().advocates[0].zone,
        key="k",
    )


async def test_the_home_tab_lists_topics_and_coming_calls_without_contacts(
    slack, channel, model, desk, advocate
) -> None:
    await booked(desk)
    await slack.send(slack.home("U5"))
    shown = str(await eventually_here(lambda: slack.homes.get("U5")))
    assert "Tasha" in shown
    assert not any(secret in shown for secret in ("Reyes", "example.com"))
    title = library().answers[library().suggestions.slack_home[0]].title
    await slack.send(slack.press_home(title[:40], user="U5"))
    [asked] = await slack.until(1, "D5")
    assert model.heard == [("slack:T0TEAM:im:U5", f"/{library().suggestions.slack_home[0]}")]
    assert title in asked.text


async def test_who_is_no_advocate_sees_topics_alone(slack, channel, model, desk, advocate) -> None:
    await booked(desk)
    await slack.send(slack.home("U6"))
    shown = str(await eventually_here(lambda: slack.homes.get("U6")))
    assert library().answers[library().suggestions.slack_home[0]].title in shown
    assert SAY["book"] in shown
    assert not any(one in shown for one in ("Tasha", SAY["home_calls"], PHRASES.slack["home_chats"]))
    assert "slack: U6" in shown, "an advocate whose id is missing is told where it belongs"


@pytest.mark.parametrize("name", ["Zoë 🎈", "🌻", "李明", "*Kai* <!channel> & :tada:"])
async def test_a_name_with_signs_stands_on_the_tab_as_it_is(slack, channel, desk, advocate, name) -> None:
    await booked(desk, Contact(name, "zoe@example.com"))
    await slack.send(slack.home("U5"))
    shown = str(await eventually_here(lambda: slack.homes.get("U5")))
    assert escaped(name.split()[0]) in shown
    assert "<!channel>" not in shown
