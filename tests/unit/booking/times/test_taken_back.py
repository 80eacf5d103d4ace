"""A message that corrects its own time: what it takes back is offered no more."""

from __future__ import annotations

import pytest

from assistant.booking.times.taken_back import without_taken_back


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("book friday. sorry meant thursday", "book thursday"),
        ("book friday, no wait thursday", "book thursday"),
        ("friday at 3. oops i mean thursday", "thursday at 3"),
        ("friday at 3 oh sorry i meant thursday at 2", "thursday at 2"),
        ("friday - sorry, thursday - at 2", "thursday - at 2"),
        ("friday after 3, i mean 4", "friday after 4"),
        ("monday at 9 actually make it 10", "monday at 10"),
        ("friday morning, sorry i meant afternoon", "friday afternoon"),
        ("tues or thurs. sorry i meant wed", "wed"),
        ("next friday, sorry i meant thursday", "next thursday"),
        ("on the 30th, i mean the 29th", "on the 29th"),
        ("the hearing is monday, sorry i meant tuesday. call me before that", "the hearing is tuesday. call me before that"),
        ("he was out friday. book monday. sorry meant tuesday", "he was out friday. book tuesday"),
    ],
)  # fmt: skip
def test_the_corrected_time_stands_in_the_place_of_the_first(text: str, meant: str) -> None:
    assert without_taken_back(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "sorry, thursday",
        "i meant thursday",
        "friday or actually thursday",
        "friday works, sorry thursday is bad",
        "i can't do friday. sorry, thursday?",
        "i work friday. actually thursday is ok",
        "can you do thursday? wait i have work at 3",
        "friday, i meant for my son",
        "i meant to call monday, can we talk friday",
        "friday at noon, 720 555 0199, sorry meant 720 555 0198",
    ],
)
def test_what_takes_no_time_back_is_left_as_it_is(text: str) -> None:
    assert without_taken_back(text) == text
