"""A wrong field is named with its file and what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.booking.fields import ConsultationError, Fields

READ = Fields(
    "a.yml", {"name": " Ann ", "many": "12", "mail": "ann", "days": ["2026-12-25"], "below": {"x": ""}}
)


def test_what_is_right_is_read() -> None:
    assert READ.text("name") == "Ann"
    assert READ.number("many", 1, 12) == 12
    assert READ.number("missing", 1, 12, or_else=3) == 3
    assert READ.dates("days") == [date(2026, 12, 25)]
    assert READ.child("below").text("x", empty=True) == ""


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda: READ.text("gone"), "a.yml: gone is missing; add it"),
        (lambda: READ.number("many", 1, 11), "a.yml: many is '12'; write a whole number from 1 to 11"),
        (lambda: READ.email("mail"), "a.yml: mail is 'ann', not an e-mail address"),
        (lambda: READ.child("below").text("x"), "a.yml: below.x is empty or not text"),
        (lambda: READ.children("days"), "a.yml: days"),
        (lambda: READ.child("name"), "a.yml: name: is not a block of fields"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(read: Callable[[], object], says: str) -> None:
    with pytest.raises(ConsultationError) as error:
        read()
    assert str(error.value).startswith(says)
