"""A feed loses what is over while it comes in, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.booking.busy import feed
from assistant.booking.busy.calendar_text import CalendarUnreadable
from assistant.booking.busy.feed import without_what_is_over

FIRST = date(2026, 11, 30)


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def calendar(*events: str) -> bytes:
    return "".join(("BEGIN:VCALENDAR\r\n", *events, "END:VCALENDAR\r\n")).encode()


OVER = event("UID:over", "DTSTART:20190301T170000Z", "DTEND:20190301T180000Z")
KEPT = {
    "ahead": ("DTSTART:20261201T170000Z", "DTEND:20261201T180000Z"),
    "began long ago": ("DTSTART:20190301T170000Z", "DTEND:20261201T180000Z"),
    "days ago, in some zone today": ("DTSTART:20261128T170000Z", "DTEND:20261128T180000Z"),
    "repeats": ("DTSTART:20190301T170000Z", "DTEND:20190301T180000Z", "RRULE:FREQ=WEEKLY"),
    "has more dates": ("DTSTART:20190301T170000Z", "RDATE:20261201T170000Z"),
    "stands for one of a series": ("DTSTART:20190301T170000Z", "RECURRENCE-ID:20261201T170000Z"),
    "lasts": ("DTSTART:20190301T170000Z", "DURATION:P3000D"),
    "no readable day": ("DTSTART:2019-03-01", "DTEND:2019-03-02"),
    "folded": ("DTSTART:20190301T170000Z", "DTEND;TZID=America/Denver:2026\r\n 1201T180000"),
}


@pytest.mark.parametrize("lines", KEPT.values(), ids=KEPT)
def test_what_may_be_ahead_is_kept(lines: tuple[str, ...]) -> None:
    text = calendar(event(*lines))
    assert without_what_is_over([text], FIRST) == text


def test_an_event_without_its_end_takes_none_with_it() -> None:
    text = calendar("BEGIN:VEVENT\r\nDTSTART:20190301T170000Z\r\n", event(*KEPT["ahead"]))
    assert without_what_is_over([text], FIRST) == text
    zone = "BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE\r\n"
    assert zone.encode() in without_what_is_over([calendar(OVER, zone, OVER)], FIRST)


@given(size=st.integers(1, 200))
def test_it_is_the_same_however_the_pieces_are_cut(size: int) -> None:
    text = calendar(OVER, event(*KEPT["ahead"]), OVER, event(*KEPT["repeats"]), OVER)
    pieces = [text[n : n + size] for n in range(0, len(text), size)]
    assert without_what_is_over(pieces, FIRST) == calendar(event(*KEPT["ahead"]), event(*KEPT["repeats"]))


def test_so_much_of_it_may_be_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_KEPT", 2_000)
    assert without_what_is_over([calendar(*[OVER] * 99)], FIRST) == calendar()
    with pytest.raises(CalendarUnreadable, match="repeat or lie ahead"):
        without_what_is_over([calendar(*[event(*KEPT["ahead"])] * 99)], FIRST)
