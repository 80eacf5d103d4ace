from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from assistant.channels.web.talks import Sent, Talks
from assistant.handover.web import YES
from assistant.settings import Settings


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    made = Talks(
        Settings(
            data=tmp_path, secret=b"s" * 32, slack_bot_token="x", slack_signing_secret="x", slack_channel="C1"
        )
    )

    async def play(message: UserMessage) -> None:
        reply = {"text": f"about {message.text}", "outcome": "answered", "buttons": []}
        await message.output_channel.send_response(message.sender_id, {"reply": reply})

    made.play = play
    return made


async def test_what_was_said_before_is_read_only_where_a_person_is_asked_for(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Any] = []
    since = talks.transcripts.since
    monkeypatch.setattr(talks.transcripts, "since", lambda *about: read.append(about) or since(*about))
    written, _ = await talks.open("")
    token = await talks.token(written)
    await talks.hear(token, "message-1", Sent("how long does it take"))
    assert read == [], "a whole talk costs 50 ms to decrypt at turn 500"
    await talks.hear(token, "message-2", Sent(choice=talks._signer.choice(token.talk, YES, "Yes")))
    assert len(read) == 1


async def test_the_same_message_is_answered_once(talks: Talks) -> None:
    written, _ = await talks.open("")
    token = await talks.token(written)
    first = await talks.hear(token, "message-1", Sent("how long does it take"))
    assert await talks.hear(token, "message-1", Sent("how long does it take")) == first
    assert [body["from"] for body in await talks.transcript(token)] == ["assistant", "parent", "assistant"]
