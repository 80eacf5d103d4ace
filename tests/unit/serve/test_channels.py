"""Which channels a server has, by its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.booking.desk import shared
from assistant.serve.channels import Channels
from assistant.settings import Settings

SLACK = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "x" * 32}


@pytest.fixture(autouse=True)
def nobody_is_told() -> object:
    yield
    shared.announce_with(None)


@pytest.mark.parametrize(("named", "beside"), [({}, []), (SLACK, ["slack"])])
async def test_slack_is_there_where_its_token_is(
    named: dict[str, str], beside: list[str], tmp_path: Path
) -> None:
    made = Channels.of(Settings(data=tmp_path, secret=b"s" * 32, **named))
    assert made.web.name() == "web"
    assert [one.name() for one in made.beside] == beside


async def test_each_channel_can_delete_what_the_model_keeps(tmp_path: Path) -> None:
    made = Channels.of(Settings(data=tmp_path, secret=b"s" * 32, **SLACK))
    store = object()
    made.keep_talks_in(store)  # type: ignore[arg-type]
    assert made.web.talks.store is store
    assert [one.store for one in made.beside] == [store]
