"""Times in words, said on Tuesday, November 24, 2026 at noon in Seattle, with an office open nine to five."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.booking.openings import Opening
from assistant.booking.times.constraint import Days, Office, TimeConstraint
from assistant.booking.times.words import understand

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
SEATTLE = ZoneInfo("America/Los_Angeles")

UNDERSTOOD = {
    "next tuesday after 3": "Tuesday, December 1, from 3:00 PM on",
    "next Tuesday": "Tuesday, December 1",
    "tuesday": "Tuesday, December 1",
    "this friday at eleven": "Friday, November 27, at 11:00 AM",
    "thursday at 10": "Thursday, November 26, at 10:00 AM",
    "next thursday 2pm": "Thursday, December 3, at 2:00 PM",
    "next friday or monday": "Monday, November 30 or Friday, December 4",
    "tomorrow morning": "Wednesday, November 25, before 12:00 PM",
    "tmrw afternoon": "Wednesday, November 25, between 12:00 PM and 5:00 PM",
    "the day after tomorrow in the morning": "Thursday, November 26, before 12:00 PM",
    "not before noon": "from 12:00 PM on",
    "after 3": "from 3:00 PM on",
    "any time after 3:30": "from 3:30 PM on",
    "before 11": "before 11:00 AM",
    "not after 5": "before 5:00 PM",
    "no later than 4pm thursday": "Thursday, November 26, before 4:00 PM",
    "between 2 and 4": "between 2:00 PM and 4:00 PM",
    "monday between 10 and 2": "Monday, November 30, between 10:00 AM and 2:00 PM",
    "from 9 to 11 on friday": "Friday, November 27, between 9:00 AM and 11:00 AM",
    "tue 2-4pm": "Tuesday, December 1, between 2:00 PM and 4:00 PM",
    "tues 10-2pm": "Tuesday, December 1, between 10:00 AM and 2:00 PM",
    "the 3rd at 4:30": "Thursday, December 3, at 4:30 PM",
    "thursday the 3rd at 9": "Thursday, December 3, at 9:00 AM",
    "on the 15th": "Tuesday, December 15",
    "dec 3 at 2:30": "Thursday, December 3, at 2:30 PM",
    "december 3rd": "Thursday, December 3",
    "3 december before noon": "Thursday, December 3, before 12:00 PM",
    "12/3 after 1": "Thursday, December 3, from 1:00 PM on",
    "noon on the 4th": "Friday, December 4, at 12:00 PM",
    "friday noon": "Friday, November 27, at 12:00 PM",
    "3": "at 3:00 PM",
    "3pm": "at 3:00 PM",
    "10 am": "at 10:00 AM",
    "12:30": "at 12:30 PM",
    "at 4:30 p.m.": "at 4:30 PM",
    "three thirty tomorrow": "Wednesday, November 25, at 3:30 PM",
    "half past 3 on monday": "Monday, November 30, at 3:30 PM",
    "quarter to 4 friday": "Friday, November 27, at 3:45 PM",
    "3 o'clock wed": "Wednesday, November 25, at 3:00 PM",
    "3 in the afternoon": "at 3:00 PM",
    "tuesday morning at 9": "Tuesday, December 1, at 9:00 AM",
    "wednesday around 3": "Wednesday, November 25, between 2:00 PM and 4:30 PM",
    "3ish on friday": "Friday, November 27, between 2:00 PM and 4:30 PM",
    "3 or 4 on tuesday": "Tuesday, December 1, at 3:00 PM or 4:00 PM",
    "tues or thurs afternoon": "Thursday, November 26 or Tuesday, December 1, between 12:00 PM and 5:00 PM",
    "monday or wednesday before noon": "Wednesday, November 25 or Monday, November 30, before 12:00 PM",
    "mon-wed mornings": "on a Monday or Tuesday or Wednesday, before 12:00 PM",
    "any day but monday": "not on a Monday",
    "not monday": "not on a Monday",
    "any tuesday": "on a Tuesday",
    "weekday evenings": "on a weekday, from 5:00 PM on",
    "next week": "Monday, November 30 to Sunday, December 6",
    "next week in the morning": "Monday, November 30 to Sunday, December 6, before 12:00 PM",
    "early next week": "Monday, November 30 to Tuesday, December 1",
    "end of next week": "Thursday, December 3 to Friday, December 4",
    "later this week": "Wednesday, November 25 to Sunday, November 29",
    "the week of december 7": "Monday, December 7 to Sunday, December 13",
    "in two weeks": "Tuesday, December 8",
    "a week from tuesday": "Tuesday, December 8",
    "after thanksgiving": "from Friday, November 27 on",
    "before the 5th": "Tuesday, November 24 to Friday, December 4",
    "in december": "Tuesday, December 1 to Thursday, December 31",
    "after school": "from 3:00 PM on",
    "tuesday after work": "Tuesday, December 1, from 5:00 PM on",
    "first thing tomorrow": "Wednesday, November 25, before 10:30 AM",
    "late afternoon on thursday": "Thursday, November 26, between 3:00 PM and 6:00 PM",
    "anything but mornings": "from 12:00 PM on",
    "i can do thursday after 2": "Thursday, November 26, from 2:00 PM on",
    "would wednesday morning work?": "Wednesday, November 25, before 12:00 PM",
    "how about friday at 1?": "Friday, November 27, at 1:00 PM",
    "no, thursday please": "Thursday, November 26",
    "no, tuesday": "Tuesday, December 1",
    "yes but wednesday": "Wednesday, November 25",
    "ok but not monday": "not on a Monday",
    "can we do Wednesday instead": "Wednesday, November 25",
    "asap": "any time",
    "whenever": "any time",
}

# Shown openings instead: a wrong guess would be worse.
NOT_UNDERSTOOD = [
    "how much does it cost",
    "the first one",
    "that one",
    "my son is 9",
    "is a 504 special ed",
    "504",
    "yes",
    "ok",
    "",
    "blursday at 3",
    "after my son's appointment",
    "before school pickup at 3",
    "tuesday my kid has therapy at 2 so after 3",
    "i work until 5",
    "i don't get off work until 5",
    "yesterday",
    "last tuesday",
    "tuesday the 3rd",  # the 3rd is a Thursday
    "feb 30",
    "the 32nd",
    "at 25:00",
    "3:75",
    "after 5 before 3",
    "not the 3rd",
    "every other tuesday",
    "unless it's friday",
    "2020-01-05",
    "call me at 206 555 0123",
    "in 5 minutes",
    "half an hour",
]


@pytest.mark.parametrize(("said", "words"), UNDERSTOOD.items())
def test_a_time_in_words_is_understood_and_said_back(said: str, words: str) -> None:
    constraint = understand(said, NOW, SEATTLE)
    assert constraint is not None
    assert constraint.words() == words


@pytest.mark.parametrize("said", NOT_UNDERSTOOD)
def test_what_is_not_fully_understood_is_not_guessed(said: str) -> None:
    assert understand(said, NOW, SEATTLE) is None


def test_three_means_afternoon_when_the_office_is_open_then() -> None:
    at = {
        office: understand("at 8", NOW, SEATTLE, office) for office in (Office(time(9), time(21)), Office())
    }
    assert [one.exact for one in at.values() if one] == [(time(20),), (time(8),)]


def test_a_zone_in_the_sentence_goes_before_the_parents_own() -> None:
    constraint = understand("tuesday at 3 eastern", NOW, SEATTLE)
    assert constraint == TimeConstraint(
        days=(Days(date(2026, 12, 1), date(2026, 12, 1)),),
        exact=(time(15),),
        zone=ZoneInfo("America/New_York"),
    )
    noon_in_seattle = datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert constraint.admits(opening(noon_in_seattle), SEATTLE)


def test_today_is_the_day_on_the_parents_clock() -> None:
    late = datetime(2026, 11, 25, 5, tzinfo=UTC)  # Tuesday 21:00 in Seattle, already Wednesday in UTC
    tomorrow = understand("tomorrow", late, SEATTLE)
    assert tomorrow is not None
    assert tomorrow.days == (Days(date(2026, 11, 25), date(2026, 11, 25)),)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("next tuesday", date(2026, 11, 29), date(2026, 12, 1)),  # said on a Sunday
        ("next tuesday", date(2026, 11, 30), date(2026, 12, 8)),  # said on the Monday before
        ("tuesday", date(2026, 12, 1), date(2026, 12, 8)),  # said on a Tuesday: not "today"
        ("the 1st", date(2026, 12, 31), date(2027, 1, 1)),
        ("jan 4", date(2026, 12, 30), date(2027, 1, 4)),
        ("the 31st", date(2027, 2, 1), date(2027, 3, 31)),
    ],
)
def test_days_are_counted_from_the_day_it_is_said(said: str, today: date, day: date) -> None:
    constraint = understand(said, datetime.combine(today, time(12), SEATTLE), SEATTLE)
    assert constraint is not None
    assert constraint.days == (Days(day, day),)


def test_a_call_is_over_by_the_time_that_was_named() -> None:
    before_noon = TimeConstraint(latest=time(12))
    eleven_thirty = datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
    assert before_noon.admits(opening(eleven_thirty), SEATTLE)
    assert not before_noon.admits(opening(eleven_thirty + timedelta(minutes=15)), SEATTLE)


def opening(start: datetime) -> Opening:
    return Opening(start, start + timedelta(minutes=30), "ann")


def test_thanksgiving_said_on_the_day_after_it_is_next_years_and_says_so() -> None:
    friday = datetime(2026, 11, 27, 18, tzinfo=UTC)
    wish = understand("thanksgiving", friday, SEATTLE)
    assert wish is not None
    assert wish.words(friday.date()) == "Thursday, November 25, 2027"
    either = understand("december 15 or january 5", friday, SEATTLE)
    assert either is not None
    assert either.words(friday.date()) == "Tuesday, December 15 or Tuesday, January 5, 2027"
