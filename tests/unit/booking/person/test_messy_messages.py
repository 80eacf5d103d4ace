"""Thirty messy first messages, each read for its name, its address and its wish for a time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from assistant.booking import read_given
from assistant.booking.times.constraint import Office
from assistant.booking.times.words import understand

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 16, 11, tzinfo=CHICAGO)
MESSAGES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "messy_messages.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", MESSAGES, ids=[row["text"][:40] for row in MESSAGES])
def test_a_messy_message_is_read_whole(row: dict[str, Any]) -> None:
    given = read_given(
        row["text"], lambda words: understand(words, NOW, CHICAGO, Office()) is not None, asked_name=False
    )
    wish = understand(given.wish, NOW, CHICAGO, Office()) if given.wish else None
    address = given.contact.email or given.contact.phone
    assert (given.contact.name, address, wish.words() if wish else None) == (
        row["name"],
        row["address"],
        row["wish"],
    )
