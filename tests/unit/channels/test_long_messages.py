"""A message of 20,000 signs, ten times what is answered: all that is done with it, from the channel's door to what is said to it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.http import Refused
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import Talks as SlackTalks
from assistant.channels.slack.text import plain_text, shown_text
from assistant.channels.web.api import WebInput
from assistant.channels.web.talks import Sent
from assistant.clock import now
from assistant.settings import Settings
from assistant.store.talks_database import open_engine
from assistant.store.tokens import Signer
from tests.unit.nlu.test_quick_texts import MOST_MS, UNITS

SIGNS = 20_000
SETTINGS = {"secret": b"a secret for tests, long enough for it", "answer_seconds": 5.0}
SLACKS = ["<@", "<http:", "<http:|", "<mailto:a|", "*a ", "*", "&amp;", "&#", "&lt;@", "<!a|", "<#C1|"]
"""What Slack wraps: parts of links and mentions, as somebody may paste them."""


async def milliseconds(hear: Callable[[str], Awaitable[Any]], text: str) -> float:
    """Return the time of a core, of all threads of this process, for one message: the best of three."""
    taken = []
    for number in range(3):
        began = time.process_time()
        await hear(f"{number} {text}"[:SIGNS])
        taken.append(time.process_time() - began)
    return 1000 * min(taken)


async def no_turn(message: object) -> None:
    raise AssertionError("a message of 20,000 signs gets no turn")


@pytest.mark.parametrize("unit", UNITS, ids=repr)
async def test_on_the_website(unit: str, tmp_path: Path) -> None:
    channel = WebInput(Settings(data=tmp_path, **SETTINGS))
    channel.talks.play = no_turn
    token, _ = Signer(SETTINGS["secret"]).new_token()
    channel.talks.transcripts.open_talk(token.talk, "", now())

    async def hear(text: str) -> None:
        with pytest.raises(Refused) as refused:
            await channel.talks.hear(token, "12345678", Sent(text))
        assert refused.value.code == "too_long"

    assert await milliseconds(hear, unit * SIGNS) <= MOST_MS


@pytest.mark.parametrize("unit", [*UNITS, *SLACKS], ids=repr)
async def test_in_slack(unit: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, **SETTINGS)
    talks = SlackTalks(settings, KeptReplies(open_engine(settings.talks_url), settings.secrets))
    talks.play = no_turn

    async def hear(text: str) -> None:
        words = plain_text(text)
        if len(words) > 2_000:
            assert [reply.outcome for reply in await talks.turn("t", words)] == ["error"]

    assert await milliseconds(hear, unit * SIGNS) <= MOST_MS


@pytest.mark.parametrize("unit", [*UNITS, *SLACKS], ids=repr)
async def test_an_advocates_line_on_its_way_to_a_parent(unit: str) -> None:
    async def show(text: str) -> None:
        shown_text(text)

    assert await milliseconds(show, unit * SIGNS) <= MOST_MS
