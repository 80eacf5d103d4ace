"""Why nothing fits a wish: an hour at which no call begins is closed, a minute between two beginnings is between."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.booking.desk.miss import Miss, why_none
from assistant.booking.desk.shared import consultation
from assistant.booking.times.words import understand

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 16, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "miss"),
    [
        ("monday at 2pm", Miss.CLOSED),  # the advocate's noon break, in Los Angeles
        ("monday at 1:10pm", Miss.BETWEEN),
        ("sunday at 1pm", Miss.CLOSED),
        ("today at 3pm", Miss.SOON),
        ("march 3 at 3pm", Miss.FAR),
    ],
)
def test_the_reason_is_the_true_one(said: str, miss: Miss) -> None:
    wish = understand(said, NOW, CHICAGO)
    assert wish is not None
    assert why_none(consultation(), wish, CHICAGO, NOW) is miss
