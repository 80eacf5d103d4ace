from __future__ import annotations

import pytest

from tests.form_talk import FormTalk


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("what is 180 days from november 3 2026", "180 days from November 3, 2026 is **May 2, 2027**"),
        (
            "10 business days before december 1 2026",
            "10 business days before December 1, 2026 is **November 17, 2026**",
        ),
        ("1 month from january 31 2027", "1 month from January 31, 2027 is **February 28, 2027**"),
        ("15 school days from november 9 2026", "Count 15 school days from November 9, 2026 with it"),
        ("date calculator", "how many days and from which day"),
    ],
)
async def test_days_are_told_with_the_day_they_are_counted_from(asked: str, said: str) -> None:
    talk = FormTalk()
    await talk.says(asked, "count_days")
    assert said in talk.text
