"""Days and hours as a parent who writes Spanish reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.booking.times.said_in_spanish import spanish_button, spanish_when, spanish_wish, spanish_zone
from assistant.booking.times.words import understand
from tests.unit.booking.times.test_words import NOW, SEATTLE

ONE = datetime(2026, 12, 1, 19, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


def test_an_instant_has_its_day_hour_and_zone() -> None:
    assert spanish_when(ONE, CHICAGO) == "el martes 1 de diciembre a la 1:00 PM, hora del Centro"
    assert spanish_button(ONE, CHICAGO) == "mar 1 dic, 1:00 PM"


def test_a_zone_without_a_spanish_name_is_that_of_its_place() -> None:
    assert spanish_zone(ZoneInfo("America/Phoenix")) == "hora de Arizona"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("mañana después de las 3", "el miércoles 25 de noviembre, desde las 3:00 PM"),
        ("el viernes a la una", "el viernes 27 de noviembre, a la 1:00 PM"),
        ("la proxima semana antes del mediodia", "del 30 de noviembre al 6 de diciembre, antes de las 12:00 PM"),
        ("entre semana, entre las 2 y las 4", "entre semana, entre las 2:00 PM y las 4:00 PM"),
        ("cualquier dia menos el lunes", "no los lunes"),
        ("martes a las 9 o jueves a las 2", "el martes 1 de diciembre, a las 9:00 AM, o el jueves 26 de noviembre, a las 2:00 PM"),
        ("cuando sea", "a cualquier hora"),
    ],
)  # fmt: skip
def test_a_wish_in_spanish_is_said_back_in_spanish(said: str, words: str) -> None:
    wish = understand(said, NOW, SEATTLE)
    assert wish is not None
    assert spanish_wish(wish) == words


def test_a_day_of_next_year_says_its_year() -> None:
    wish = understand("el 7 de enero a las 3", NOW, SEATTLE)
    assert wish is not None
    assert spanish_wish(wish, NOW.date()) == "el jueves 7 de enero de 2027, a las 3:00 PM"
