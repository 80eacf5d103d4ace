"""The same stories over Slack's stand-in, and that nothing told in private shows in a channel; with the real model."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.replay.player import failure_text, play
from assistant.replay.plugin import stage_of
from assistant.replay.reader import read_stories
from tests.conversations.test_letters import LETTERS, PLANS, story
from tests.fake_slack import FakeSlack, Posted
from tests.slack_serving import serving, settings_for
from tests.slack_target import Heard, SlackTarget

STORIES = [
    case
    for path in sorted(Path(__file__).parent.glob("test_*.yml"))
    for case in read_stories(path)
    if not case.expected_failure  # it fails on the website too
]
SHARE = int(os.environ.get("WHICHPLAN_SLACK_STORIES", "8"))
"""How many stories are played; 0: all of them."""
TALKS = int(os.environ.get("WHICHPLAN_SLACK_TALKS", "6"))
"""Random talks of the privacy test; 500 in the full run."""

PRIVATE = (
    "my daughter Zuzanna has dyslexia and an iep in Ohio", "we live in Texas, he has a 504 for diabetes",
    "my son Thaddeus has tourette and no plan yet", "it is an IEP", "she has a 504 plan", "we are in Alaska",
    "my email is zuzanna.private@example.org", "they call me Theodora, 206-555-0142",
    "he has autism and they suspended him",
)  # fmt: skip
PUBLIC = (
    "how long does the school have", "who do I call", "what supports can we ask for", "they do not follow the plan",
    "what is FAPE", "does it cost money", "can I see the records", "and what about the timeline?",
)  # fmt: skip
CANARIES = ("zuzanna", "thaddeus", "theodora", "206-555-0142", "zuzanna.private@example.org")


@pytest.fixture
def target(request: pytest.FixtureRequest) -> SlackTarget:
    """A target that shares the model of the other stories."""
    made = object.__new__(SlackTarget)
    made.__dict__ |= stage_of(request.config).target.__dict__
    return made


@pytest.mark.parametrize("case", STORIES[: SHARE or None], ids=lambda case: case.name)
async def test_a_story_goes_the_same_over_slack(case: Any, target: SlackTarget) -> None:
    played = await play(case, target)
    assert not played.failed, failure_text(case, played)


@pytest.mark.parametrize("name", LETTERS)
async def test_each_letter_goes_the_same_over_slack(name: str, target: SlackTarget) -> None:
    """For each plan with WHICHPLAN_SLACK_STORIES=0, else for one: its words, its buttons, and all of it in what Slack took."""
    plans = list(PLANS) if SHARE == 0 else [list(PLANS)[LETTERS.index(name) % len(PLANS)]]
    for plan in plans:
        case = story(name, plan)
        played = await play(case, target)
        assert not played.failed, failure_text(case, played)


async def asked(slack: FakeSlack, sent: dict[str, Any], where: str) -> Posted:
    count = len(slack.seen(where))
    await slack.send(sent)
    return (await slack.until(count + 1, where, seconds=60))[-1]


async def test_a_direct_messages_facts_appear_in_no_channel_payload(
    target: SlackTarget, tmp_path: Path
) -> None:
    """Channels say word for word what they say when nothing was told in private before."""
    chance = random.Random(8)
    async with (
        FakeSlack() as slack,
        serving(settings_for(slack, tmp_path), Heard(target.agent)) as (_, slack.app_url),
    ):
        alone: dict[str, str] = {}
        for number, question in enumerate(PUBLIC):
            alone[question] = (await asked(slack, slack.mention(question, user=f"U9{number}"), "C1")).text
        for talk in range(TALKS):
            user, channel = f"U{talk}", f"C{100 + talk}"
            for told in chance.sample(PRIVATE, 3):
                await asked(slack, slack.direct(told, user=user), f"D{talk}")
            if chance.random() < 0.5:
                await asked(slack, slack.command(chance.choice(PRIVATE), user=user, channel=channel), channel)
            question = chance.choice(PUBLIC)
            in_channel = await asked(slack, slack.mention(question, user=user, channel=channel), channel)
            assert in_channel.text == alone[question]
        assert slack.refused == []
        public = [one for one in slack.posted if not one.where.startswith("D") and not one.private]
        said = "\n".join(str(one.payload) for one in public).lower()
    assert len(public) == TALKS + len(PUBLIC)
    assert [word for word in CANARIES if word in said] == []
