import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from assistant.booking.consultation import Consultation, Span
from assistant.booking.consultation_file import load_consultation
from assistant.booking.openings import Opening, Period, free_openings, grid, merged, opening_named

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
NINE_TUESDAY = datetime(2026, 11, 24, 17, tzinfo=UTC)
HALF = timedelta(minutes=30)


def call(start: datetime) -> Period:
    return Period(start, start + HALF)


def free(
    consultation: Consultation, *, calls: tuple[Period, ...] = (), busy: tuple[Period, ...] = ()
) -> list[datetime]:
    openings = free_openings(consultation, consultation.advocates[0], NOW, calls=calls, busy=busy)
    return [one.start for one in openings]


def test_openings_lie_within_hours_notice_and_horizon(consultation: Consultation) -> None:
    starts = free(consultation)
    assert starts[0] == NINE_TUESDAY
    local = [start.astimezone(consultation.advocates[0].zone) for start in starts]
    assert {(one.hour, one.minute) for one in local if one.weekday() == 1} == {
        (hour, minute) for hour in (9, 10, 11, 13, 14, 15, 16) for minute in (0, 30)
    }
    assert max(starts) <= NOW + consultation.horizon


def test_twelve_hours_notice_is_kept(consultation: Consultation) -> None:
    late = datetime(2026, 11, 24, 6, tzinfo=UTC)  # 22:00 on Monday: twelve hours reach to 10:00
    first = next(grid(consultation, consultation.advocates[0], late))
    assert first.start == NINE_TUESDAY + timedelta(hours=1)


def test_a_day_off_has_no_openings(consultation: Consultation) -> None:
    days = {start.date() for start in free(consultation)}
    assert date(2026, 12, 3) not in days
    assert date(2026, 11, 26) in days


def test_a_call_takes_its_opening_and_the_buffer_around_it(consultation: Consultation) -> None:
    nine_thirty = NINE_TUESDAY + HALF
    without = free(consultation, calls=(call(nine_thirty),))
    assert nine_thirty not in without
    assert NINE_TUESDAY in without
    buffered = free(replace(consultation, buffer=timedelta(minutes=15)), calls=(call(nine_thirty),))
    assert {NINE_TUESDAY, nine_thirty, nine_thirty + HALF}.isdisjoint(buffered)


def test_busy_times_take_what_they_touch(consultation: Consultation) -> None:
    odd = Period(NINE_TUESDAY + timedelta(minutes=40), NINE_TUESDAY + timedelta(minutes=65))
    starts = free(consultation, busy=(odd,))
    assert NINE_TUESDAY in starts
    assert {NINE_TUESDAY + HALF, NINE_TUESDAY + 2 * HALF}.isdisjoint(starts)
    assert NINE_TUESDAY + 3 * HALF in starts


def test_a_full_day_has_no_openings(consultation: Consultation) -> None:
    four = tuple(call(NINE_TUESDAY + number * HALF) for number in range(4))
    assert NINE_TUESDAY.date() not in {start.date() for start in free(consultation, calls=four)}


def test_three_oclock_stays_three_oclock_when_the_clocks_change(content: Callable[..., Path]) -> None:
    consultation = load_consultation(
        content(("tuesday: [09:00-12:00, 13:00-17:00]", "sunday: [00:00-05:00]")), {}
    )
    advocate = consultation.advocates[0]
    for change, hours in (
        (datetime(2027, 3, 14, tzinfo=UTC), {0, 1, 3, 4}),  # 2:00 and 2:30 do not exist
        (datetime(2026, 11, 1, tzinfo=UTC), {0, 1, 2, 3, 4}),  # 1:00 and 1:30 come twice, once is offered
    ):
        that_day = [
            one.start.astimezone(advocate.zone)
            for one in grid(consultation, advocate, change - timedelta(days=3))
            if one.start.astimezone(advocate.zone).date() == change.date()
        ]
        assert [one.hour for one in that_day] == sorted(h for h in hours for _ in range(2))
        instants = [one.astimezone(UTC) for one in that_day]
        assert all(later - earlier >= HALF for earlier, later in itertools.pairwise(instants))


def test_an_opening_is_found_again_by_its_id() -> None:
    opening = Opening(NINE_TUESDAY, NINE_TUESDAY + HALF, "ann")
    assert opening_named(opening.id, HALF) == opening
    assert opening_named("ann@tomorrow", HALF) is None
    assert opening_named("", HALF) is None


def test_of_two_advocates_the_one_with_fewer_calls_is_offered() -> None:
    ann, bea = (Opening(NINE_TUESDAY, NINE_TUESDAY + HALF, name) for name in ("ann", "bea"))
    assert merged([[ann], [bea]], {"ann": 2, "bea": 1}) == [bea]
    assert merged([[ann], [bea]], {}) == [ann]


def test_hours_until_24_00_end_with_the_day(consultation: Consultation) -> None:
    ann = consultation.advocates[0]
    late = replace(ann, hours=tuple((Span(time(22), time()),) for _ in range(7)))
    offered = list(grid(replace(consultation, advocates=(late,)), late, NOW))
    clocks = {one.start.astimezone(late.zone).time() for one in offered}
    assert clocks == {time(22), time(22, 30), time(23), time(23, 30)}
    last = next(one for one in offered if one.start.astimezone(late.zone).time() == time(23, 30))
    assert last.end.astimezone(late.zone).time() == time()
