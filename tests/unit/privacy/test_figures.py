"""E-mail addresses, phones, numbers, dates and addresses, as parents type them."""

from __future__ import annotations

import pytest

from assistant.privacy.figures import figures


def kinds(text: str) -> list[str]:
    return [one.kind for one in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "800-421-3481",
        "1 (800) 422-4453",
        "call 1.800.772.1213",
        "eight zero zero four two one three four eight one",
    ],
)
def test_a_number_that_only_an_office_has_is_nobodys(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["504 2026", "300 2024", "85 92 78 88 90", "34 CFR 300.1234"])
def test_figures_of_plan_talk_are_no_phone(text: str) -> None:
    assert kinds(text) == []


def test_a_year_is_a_phones_end_where_somebody_is_to_call_it() -> None:
    assert kinds("call 342 2019") == ["phone"]


def test_a_website_is_no_address_of_a_person() -> None:
    assert kinds("I looked at understood dot org") == []
    assert kinds("kdunn at example dot org") == ["email"]
