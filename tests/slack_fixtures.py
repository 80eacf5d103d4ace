"""What a test against Slack's stand-in starts with; a folder's conftest.py imports the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.channels.slack.channel import SlackInput
from assistant.settings import Settings
from tests.fake_slack import FakeSlack
from tests.slack_serving import Scripted, serving, settings_for


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.refused == [], "Slack would have refused"


@pytest.fixture
def settings(slack: FakeSlack, tmp_path: Path) -> Settings:
    return settings_for(slack, tmp_path)


@pytest.fixture
def model() -> Scripted:
    return Scripted()


@pytest.fixture
async def channel(slack: FakeSlack, settings: Settings, model: Scripted) -> AsyncIterator[SlackInput]:
    async with serving(settings, model) as (made, url):
        slack.app_url = url
        yield made
