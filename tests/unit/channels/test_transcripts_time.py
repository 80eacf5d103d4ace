"""A long talk costs no more than a short one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.channels import transcripts
from assistant.channels.tokens import Signer


def test_the_replies_to_one_message_are_found_without_reading_the_whole_talk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = transcripts.Transcripts(f"sqlite:///{tmp_path / 'talks.db'}")
    token, _ = Signer(b"x" * 32).new_token()
    now = datetime(2026, 11, 2, tzinfo=UTC)
    kept.open_talk(token.talk, "", now)
    for number in range(30):
        said = {"from": "assistant", "id": f"reply-{number}", "text": str(number)}
        kept.keep(token, f"message-{number}", [said], now)
    read: list[Any] = []
    monkeypatch.setattr(transcripts, "json", _Counting(read))
    assert [reply["text"] for reply in kept.replies_to(token, "message-7") or []] == ["7"]
    assert kept.replies_to(token, "message-31") is None
    assert len(read) == 1


class _Counting:
    """json, with a list of what was read."""

    def __init__(self, read: list[Any]) -> None:
        self._read = read

    def loads(self, text: bytes) -> Any:
        import json

        self._read.append(text)
        return json.loads(text)
