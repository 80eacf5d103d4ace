from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.form_talk import FormTalk


@pytest.fixture
def parent(talk: Callable[..., FormTalk]) -> FormTalk:
    return talk()


BELOW = ["Evenings", "Other days", "Another time zone", "Not now"]


async def at_the_times(parent: FormTalk) -> list[str]:
    await parent.says("book a call", "book_consultation")
    await parent.says("Dana, dana@example.org")
    return titles(parent)


def titles(parent: FormTalk) -> list[str]:
    return [button["title"] for button in parent.times]


async def presses(parent: FormTalk, title: str) -> None:
    await parent.presses([button["title"] for button in parent.buttons].index(title))


async def test_below_the_times_stands_what_else_one_may_want(parent: FormTalk) -> None:
    first = await at_the_times(parent)
    assert [button["title"] for button in parent.buttons] == [*first, *BELOW]


async def test_other_days_leaves_the_day_that_was_shown(parent: FormTalk) -> None:
    seen = {title.split(",")[1] for title in await at_the_times(parent)}
    for _ in range(3):
        await presses(parent, "Other days")
        day = {title.split(",")[1] for title in titles(parent)}
        assert len(parent.times) == 3 and not day & seen
        seen |= day


async def test_evenings_are_after_five_and_not_offered_twice(parent: FormTalk) -> None:
    await at_the_times(parent)
    await presses(parent, "Evenings")
    assert parent.times and all(
        title.endswith("PM") and title.split(", ")[-1] >= "5" for title in titles(parent)
    )
    assert "Evenings" not in [button["title"] for button in parent.buttons]


async def test_another_zone_is_asked_for_and_the_times_are_told_in_it(parent: FormTalk) -> None:
    before = await at_the_times(parent)
    await presses(parent, "Another time zone")
    await presses(parent, "Eastern")
    assert "Eastern time" in parent.text and titles(parent) and titles(parent) != before


async def test_not_now_leaves_the_booking(parent: FormTalk) -> None:
    await at_the_times(parent)
    await presses(parent, "Not now")
    assert parent.step is None


@pytest.mark.parametrize("way", ["Evenings", "Other days"])
async def test_a_time_of_another_day_can_be_taken(parent: FormTalk, way: str) -> None:
    await at_the_times(parent)
    await presses(parent, way)
    wanted = titles(parent)[0]
    await presses(parent, wanted)
    assert parent.step == "booking_confirmed" and wanted.split(", ")[-1] in parent.text
