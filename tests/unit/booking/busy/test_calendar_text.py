"""The text of a calendar: its lines and its zones."""

from __future__ import annotations

import pytest

from assistant.booking.busy.own_calendar import CalendarUnreachable, busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import (
    GOOD,
    PERIOD,
    advocate,
    calendar,
    event,
    spoken,
)

__all__ = ["advocate"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n\t",
        "\ufeff",
        "<html><body>Please log in</body></html>",
        "HTTP/1.1 200 OK",
        calendar(GOOD).replace("END:VCALENDAR", ""),
        calendar(GOOD)[:-20],
        calendar(GOOD, GOOD)[:120],
        calendar(GOOD).replace("END:VCALENDAR", "") + calendar(),
        calendar() + "BEGIN:VCALENDAR\r\n" + GOOD,
    ],
)
def test_a_text_that_is_cut_short_or_empty_is_no_calendar(text: str, advocate: Advocate) -> None:
    with pytest.raises(CalendarUnreachable):
        busy_in(text, PERIOD, advocate)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "America/Los_Angeles", '"US/Eastern"', "Nowhere/Else", ""]
)
@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (("DTSTART:20261201T180000Z", "DTEND:20261201T190000Z"), ["12-01 10:00-11:00"]),
        (("DTSTART;TZID=America/New_York:20261201T130000", "DURATION:PT1H"), ["12-01 10:00-11:00"]),
        (("DTSTART:20261201T130000", "DTEND:20261201T140000"), ["12-01 13:00-14:00"]),
        (("DTSTART:20261203T130000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"), ["12-03 13:00-14:00", "12-10 13:00-14:00"]),
    ],
    ids=["utc", "zone", "floating", "floating series"],
)  # fmt: skip
def test_the_zone_in_which_a_calendar_is_shown_moves_nothing(
    advocate: Advocate, zone: str, lines: tuple[str, ...], busy: list[str]
) -> None:
    """X-WR-TIMEZONE says how to show a calendar. A time without a zone is one on the advocate's own clock."""
    found = busy_in(calendar(f"X-WR-TIMEZONE:{zone}", event(*lines)), PERIOD, advocate)
    assert spoken(list(found)) == busy


def test_a_byte_order_mark_and_old_line_ends_change_nothing(advocate: Advocate) -> None:
    plain = busy_in(calendar(GOOD), PERIOD, advocate)
    for text in (
        "\ufeff" + calendar(GOOD),
        calendar(GOOD).replace("\r\n", "\n"),
        calendar(GOOD).replace("\r\n", "\r"),
    ):
        assert busy_in(text, PERIOD, advocate) == plain


def zone(name: str, offset: str) -> str:
    return "\r\n".join(
        ["BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}",
         f"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE"]
    )  # fmt: skip


CUSTOM = event(
    "DTSTART;TZID=Customized Time Zone:20261201T130000", "DTEND;TZID=Customized Time Zone:20261201T140000"
)


@pytest.mark.parametrize("order", [1, -1])
def test_each_file_has_its_own_zones_whatever_was_read_before(order: int, advocate: Advocate) -> None:
    eastern, pacific = (
        calendar(zone("Customized Time Zone", offset), CUSTOM) for offset in ("-0500", "-0800")
    )
    expected = [(eastern, "12-01 10:00-11:00"), (pacific, "12-01 13:00-14:00")]
    for text, hour in expected[::order]:
        assert spoken(busy_in(text, PERIOD, advocate)) == [hour]


@pytest.mark.parametrize(
    "harm",
    [
        ("DTSTART:19700101T000000", "COMMENT:none"),
        ("TZOFFSETTO:-0500", "TZOFFSETTO:soon"),
        ("DTSTART:19700101T000000", "DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY"),
    ],
)
def test_a_zone_that_cannot_be_read_costs_its_own_events_their_day(
    harm: tuple[str, str], advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    text = calendar(zone("Customized Time Zone", "-0500").replace(*harm), CUSTOM, GOOD)
    assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01", "12-07 10:00-11:00"]
    assert "one@test" in caplog.text


@pytest.mark.parametrize(
    "name", ["Eastern Standard Time", "America/New_York", "/freeassociation.sourceforge.net/America/New_York"]
)
def test_names_of_zones_that_everybody_knows_need_no_rules(name: str, advocate: Advocate) -> None:
    text = calendar(CUSTOM.replace("Customized Time Zone", name))
    assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01 10:00-11:00"]
