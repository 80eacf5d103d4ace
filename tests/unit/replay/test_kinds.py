"""What can be checked where."""

from __future__ import annotations

from assistant.replay.kinds import visible


def test_over_http_only_what_shows_there_is_checked() -> None:
    assert visible("answer", {}, inside=False)
    assert visible("bot_uttered", {"text_matches": "x"}, inside=False)
    assert not visible("bot_uttered", {"buttons": [{"payload": "/x"}]}, inside=False)
    assert not visible("slot_was_set", [], inside=False)
