"""The home tab."""

from __future__ import annotations

from assistant.booking.desk import shared
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES
from tests.unit.channels.slack.desk import desk, shared_contact
from tests.waiting import eventually_here

SAY = PHRASES.slack

__all__ = ["desk"]


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
