"""What other programs write into a calendar: read as meant, or taken for busy and named in the log; never for nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.booking import load_consultation
from assistant.booking.busy.own_calendar import CalendarUnreachable, busy_in
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period
from tests.booking_world import SEATTLE

FROM = datetime(2026, 11, 29, tzinfo=UTC)
PERIOD = Period(FROM, FROM + timedelta(days=14))  # Sunday to Sunday


@pytest.fixture
def advocate(content: Callable[..., Path]) -> Advocate:
    return load_consultation(content(), {}).advocates[0]


def event(*lines: str, uid: str = "one@test") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *parts, "END:VCALENDAR", ""])


GOOD = event("DTSTART:20261207T180000Z", "DTEND:20261207T190000Z", uid="good")
A_DAY = ("DTSTART;TZID=America/Los_Angeles:20261201T130000", "DTEND;TZID=America/Los_Angeles:20261201T140000")
WEEKLY = (
    "DTSTART;TZID=America/Los_Angeles:20261105T130000",
    "DTEND;TZID=America/Los_Angeles:20261105T140000",
)


def local(*, day: int, hour: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SEATTLE).astimezone(UTC)


def is_busy(found: list[Period], start: datetime, minutes: int = 30) -> bool:
    wanted = Period(start, start + timedelta(minutes=minutes))
    return any(one.overlaps(wanted) for one in found)


def spoken(found: list[Period]) -> list[str]:
    """Return the periods on the advocate's clock: "12-01 13:00-14:00", whole days as "12-01"."""
    said = []
    for one in found:
        start, end = one.start.astimezone(SEATTLE), one.end.astimezone(SEATTLE)
        whole = f"{start:%H%M}" == f"{end:%H%M}" == "0000" and end - start < timedelta(days=1, hours=2)
        said.append(f"{start:%m-%d}" if whole else f"{start:%m-%d %H:%M}-{end:%H:%M}")
    return said


# A text that is not whole


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


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(calendar(GOOD, event(*A_DAY)).rstrip()) - 1))
def test_a_feed_cut_anywhere_is_never_nothing_busy(cut: int) -> None:
    text = calendar(GOOD, event(*A_DAY)).rstrip()[:cut]
    with pytest.raises(CalendarUnreachable):
        busy_in(text, PERIOD, _advocate())


def test_an_empty_but_whole_calendar_is_nothing_busy(advocate: Advocate) -> None:
    assert busy_in(calendar(), PERIOD, advocate) == []
    assert busy_in("\ufeff" + calendar(), PERIOD, advocate) == []


def test_a_byte_order_mark_and_old_line_ends_change_nothing(advocate: Advocate) -> None:
    plain = busy_in(calendar(GOOD), PERIOD, advocate)
    for text in (
        "\ufeff" + calendar(GOOD),
        calendar(GOOD).replace("\r\n", "\n"),
        calendar(GOOD).replace("\r\n", "\r"),
    ):
        assert busy_in(text, PERIOD, advocate) == plain


# An event or series that can't be read

THURSDAYS = ["12-03 13:00-14:00", "12-10 13:00-14:00"]
EACH_DAY = [f"{day} 13:00-14:00" for day in ("11-29", "11-30", *(f"12-{n:02}" for n in range(1, 13)))]
UNREADABLE = {
    "a misspelled UNTIL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTL=20261231"), THURSDAYS),
    "an empty UNTIL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL="), THURSDAYS),
    "a wrong INTERVAL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;INTERVAL=0"), THURSDAYS),
    "no days behind BYDAY": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY="), EACH_DAY),
    "no such day": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=DO"), EACH_DAY),
    "no such frequency": ((*WEEKLY, "RRULE:FREQ=FORTNIGHTLY"), EACH_DAY),
    "an empty rule": ((*WEEKLY, "RRULE:"), EACH_DAY),
    "a start without its time": (("DTSTART:20261201T", "DTEND:20261201T220000Z"), ["12-01"]),
    "an hour that no clock shows": (("DTSTART:20261201T240000", "DTEND:20261201T250000"), ["12-01"]),
    "a start in another spelling": (("DTSTART:2026-12-01T13:00:00", "DTEND:2026-12-01T14:00:00"), ["12-01"]),
    "a length that is none": ((A_DAY[0], "DURATION:P1H"), ["12-01 13:00-00:00"]),
    "an end that is none": ((A_DAY[0], "DTEND:soon"), ["12-01 13:00-00:00"]),
    "an end before the start": ((A_DAY[0], "DTEND;TZID=America/Los_Angeles:20261201T120000"), ["12-01 13:00-00:00"]),
    "a start that is missing": (("DTEND:20261201T220000Z",), ["12-01"]),
    "a series whose time is unclear": (("DTSTART:20261105T", "RRULE:FREQ=WEEKLY;BYDAY=TH"), ["12-03", "12-10"]),
    "a date more that is unclear": ((*A_DAY, "RDATE:20261208T"), ["12-01 13:00-14:00", "12-08"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_takes_its_time_or_its_day_and_is_named(
    kind: str, advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    lines, taken = UNREADABLE[kind]
    found = busy_in(calendar(GOOD, event(*lines, uid="broken@test")), PERIOD, advocate)
    assert spoken(found) == sorted([*taken, "12-07 10:00-11:00"])
    assert "broken@test" in caplog.text


MENDED = {
    "blanks in a rule": ((*WEEKLY, "RRULE:FREQ=WEEKLY; BYDAY=TH"), THURSDAYS),
    "small letters": ((*WEEKLY, "rrule:freq=weekly;byday=th"), THURSDAYS),
    "an end without its zone": ((*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20261203T130000"), THURSDAYS[:1]),
    "an end that is a day": ((*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20261203"), THURSDAYS[:1]),
    "a count": ((*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=5"), THURSDAYS[:1]),
    "a count of -1": ((*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=-1"), THURSDAYS),
    "a zone with a colon": (('DTSTART;TZID=(UTC-05:00) Eastern Time:20261201T130000', 'DTEND;TZID=(UTC-05:00) Eastern Time:20261201T140000'), ["12-01 13:00-14:00"]),
    "a day that ends on itself": (("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201"), ["12-01"]),
    "a day without an end": (("DTSTART;VALUE=DATE:20261201",), ["12-01"]),
    "an alarm of its own": ((*A_DAY, "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "DTSTART:nonsense", "END:VALARM"), ["12-01 13:00-14:00"]),
    "a folded line": (("DTSTART;TZID=America/\r\n Los_Angeles:20261201T130000", A_DAY[1]), ["12-01 13:00-14:00"]),
    "a line that is no line": ((*A_DAY, "this is no content line", "SUMMARY"), ["12-01 13:00-14:00"]),
    "a date taken out": ((*WEEKLY, "RRULE:FREQ=WEEKLY", "EXDATE;TZID=America/Los_Angeles:20261203T130000"), THURSDAYS[1:]),
    "a period more": ((*A_DAY, "RDATE;VALUE=PERIOD:20261208T210000Z/PT2H"), ["12-01 13:00-14:00", "12-08 13:00-15:00"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", MENDED)
def test_oddities_of_other_programs_are_read_as_meant(
    kind: str, advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    lines, taken = MENDED[kind]
    assert spoken(busy_in(calendar(event(*lines)), PERIOD, advocate)) == taken
    assert caplog.text == ""


def test_an_event_without_any_day_takes_no_time_and_costs_the_rest_nothing(
    advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    found = busy_in(calendar(event("SUMMARY:some day", uid="dayless"), GOOD), PERIOD, advocate)
    assert spoken(found) == ["12-07 10:00-11:00"]
    assert "dayless" in caplog.text


def test_an_event_that_lost_its_end_costs_the_rest_nothing(advocate: Advocate) -> None:
    text = calendar(event(*A_DAY), GOOD).replace("END:VEVENT\r\n", "", 1)
    assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01 13:00-14:00", "12-07 10:00-11:00"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "transp:transparent"])
def test_what_is_free_blocks_nothing_even_if_it_cannot_be_read(line: str, advocate: Advocate) -> None:
    text = calendar(event("DTSTART:20261201T", "RRULE:FREQ=NEVER", line))
    assert busy_in(text, PERIOD, advocate) == []


def test_two_events_under_one_uid_or_none_are_both_busy(advocate: Advocate) -> None:
    other = event("DTSTART:20261202T180000Z", "DTEND:20261202T190000Z")
    for text in (
        calendar(event(*A_DAY), other),
        calendar(event(*A_DAY), other).replace("UID:one@test\r\n", ""),
    ):
        assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01 13:00-14:00", "12-02 10:00-11:00"]


def test_a_changed_or_canceled_date_of_a_series_counts_as_changed(advocate: Advocate) -> None:
    series = event(*WEEKLY, "RRULE:FREQ=WEEKLY")
    moved = event(
        "RECURRENCE-ID;TZID=America/Los_Angeles:20261203T130000",
        "DTSTART:20261204T170000Z",
        "DTEND:20261204T180000Z",
    )
    off = event("RECURRENCE-ID;TZID=America/Los_Angeles:20261210T130000", "DTSTART:20261210T210000Z", "DTEND:20261210T220000Z", "STATUS:CANCELLED")  # fmt: skip
    assert spoken(busy_in(calendar(series, moved, off), PERIOD, advocate)) == ["12-04 09:00-10:00"]
    unclear = moved.replace("20261203T130000", "when we said")
    assert spoken(busy_in(calendar(series, unclear), PERIOD, advocate)) == [
        THURSDAYS[0],
        "12-04 09:00-10:00",
        THURSDAYS[1],
    ]


# Zones


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


# Free-busy


def test_a_calendar_that_tells_only_busy_times_is_read(advocate: Advocate) -> None:
    text = calendar(
        "BEGIN:VFREEBUSY",
        "FREEBUSY;FBTYPE=BUSY:20261201T210000Z/20261201T220000Z,20261202T170000Z/PT1H",
        "FREEBUSY;FBTYPE=FREE:20261204T210000Z/PT8H",
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261208T170000Z/PT1H",
        "FREEBUSY:20261209T170000Z/soon",
        "END:VFREEBUSY",
    )
    assert spoken(busy_in(text, PERIOD, advocate)) == [
        "12-01 13:00-14:00",
        "12-02 09:00-10:00",
        "12-08 09:00-10:00",
        "12-09",
    ]


def test_days_that_a_free_busy_calendar_does_not_tell_of_are_not_free(advocate: Advocate) -> None:
    text = calendar("BEGIN:VFREEBUSY", "DTSTART:20261101T000000Z", "DTEND:20261205T000000Z", "END:VFREEBUSY")
    found = busy_in(text, PERIOD, advocate)
    assert not is_busy(found, local(day=2, hour=9)) and is_busy(found, local(day=8, hour=9))


# Rules that come too often


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=SECONDLY", None),
        ("FREQ=MINUTELY;INTERVAL=5", None),
        ("FREQ=MINUTELY;BYDAY=TU", ["12-01", "12-08"]),
        ("FREQ=SECONDLY;UNTIL=20261201T235959Z", ["12-01"]),
        ("FREQ=MINUTELY;COUNT=30", []),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55;BYSECOND=0,10,20,30,40,50",
            None,
        ),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", []),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_a_rule_by_the_second_blocks_its_days_and_holds_nothing_up(
    rule: str, days: list[str] | None, advocate: Advocate
) -> None:
    series = event("DTSTART:20200101T080000Z", "DTEND:20200101T080100Z", f"RRULE:{rule}", uid="often")
    began = time.monotonic()
    found = busy_in(calendar(series), PERIOD, advocate)
    assert time.monotonic() - began < 2
    for day in range(1, 12):
        wanted = days is None or f"12-{day:02}" in days
        assert is_busy(found, local(day=day, hour=9)) is wanted, day


def test_an_event_that_began_with_our_era_holds_nothing_up(advocate: Advocate) -> None:
    series = event("DTSTART:00020101T080000Z", "DTEND:00020101T090000Z", "RRULE:FREQ=DAILY")
    began = time.monotonic()
    assert is_busy(busy_in(calendar(series), PERIOD, advocate), local(day=1, hour=0))
    assert time.monotonic() - began < 2


def test_a_long_feed_is_read_in_a_few_seconds(advocate: Advocate) -> None:
    past = (
        event(f"DTSTART:2019{n % 12 + 1:02}{n % 28 + 1:02}T170000Z", "DURATION:PT1H" if n % 9 == 0 else f"DTEND:2019{n % 12 + 1:02}{n % 28 + 1:02}T180000Z",
              "DESCRIPTION:" + "x" * 300, uid=f"past{n}")
        for n in range(15_000)
    )  # fmt: skip
    began = time.process_time()
    found = busy_in(calendar(*past, GOOD), PERIOD, advocate)
    assert spoken(found) == ["12-07 10:00-11:00"]
    assert time.process_time() - began < 4


# Anything at all

_VALUES = st.sampled_from(
    ["20261201", "20261201T130000", "20261201T130000Z", "20261201T", "", "P1D", "PT1H", "x", "20261301", "00000101",
     "99991231T235959", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=13", "FREQ=WEEKLY;COUNT=0", "FREQ=DAILY;COUNT=3", "-P1D", "1/2", "::", ";"]
)  # fmt: skip
_NAMES = st.sampled_from(
    ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "DTSTART;VALUE=DATE",
     "DTSTART;TZID=America/Denver", "DTEND;TZID=nowhere", "RDATE;VALUE=PERIOD", "BEGIN", "END", "RECURRENCE-ID;RANGE=THISANDFUTURE"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(lines=st.lists(st.builds("{}:{}".format, _NAMES, _VALUES), max_size=6))
def test_whatever_stands_in_an_event_the_others_are_read(lines: list[str]) -> None:
    found = busy_in(calendar(event(*lines, uid="any"), GOOD), PERIOD, _advocate())
    assert is_busy(found, datetime(2026, 12, 7, 18, tzinfo=UTC), 60)


def _advocate() -> Advocate:
    return Advocate("ann", "Ann", "ann@example.org", SEATTLE, ((),) * 7)
