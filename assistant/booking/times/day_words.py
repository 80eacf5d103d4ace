"""Which days a sentence names: "next tuesday", "any day but friday", "not before next week", "dec 7-9"."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import parsedatetime

from assistant.booking.times.constraint import Days
from assistant.booking.times.sentence import (
    AFTER,
    BEFORE,
    CLOCK,
    JOINED,
    MONTH,
    MONTH_NUMBER,
    ONE_DAY,
    PART,
    WEEKDAY,
    Sentence,
)

DAY = timedelta(days=1)
_WEEKDAY_NUMBER = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_WEEK = 7 * DAY
_EVERY = frozenset(range(7))
_WEEK_SPAN = (
    rf"\b(?:the )?(?:full )?(?<!this )(?<!next )week (?P<beside>after|before) (?P<beside_day>{ONE_DAY})(?!\w)"
    r"|\b(?P<part>early|beginning of|start of|first half of|(?:the )?end of|late|later|middle of|mid|rest of|sometime)?"
    r"[ -]?(?:the )?(?P<which>this|next|the|in a|following|coming) (?P<what>weekend|week|month)(?! of\b)(?P<after> after next)?\b"
    r"|\b(?P<week_after>week after next)\b"
    r"|\b(?P<weekend>weekends?)\b|\b(?P<weekdays>week ?days?)\b"
    rf"|\b(?:the )?week of (?:the )?(?P<of>{ONE_DAY})"
    rf"|\b(?:the )?(?P<nth>1st|2nd|3rd|4th|1th|2th|3th|first|second|third|fourth|last) (?:full )?week (?:of|in) (?P<of_month>{MONTH})"
)
_WEEK_BOUND = (
    r"\b(?P<how>not (?:before|until)|no (?:sooner|earlier) than|(?:anytime |sometime )?after|starting|from|beginning|as of|not|before)"
    r" (?:the )?(?P<which>this|next) (?P<what>weekend|week|month)\b(?! of)(?! (?:on )?" + WEEKDAY + ")"
)
_EXCLUDED = (
    r"(?P<any>(?:any ?day|anything|anytime|every day|all days|all week) (?:but|except)(?: for| not)?(?: on)?"
    r"|(?:but not|except(?: for)?|no)(?: on)?)|(?P<not>not(?: on| this)?|can't do|cannot do|can't(?: on)?)"
)
_UNIVERSE = re.compile(
    rf"\b(?:any|anytime|anything|every|all|week|week ?days?|days|{AFTER}|{BEFORE}|between)\b"
)
_SUITS = r",? (?:works?|is|would|'s|'d|sounds|suits)\b"


class DayWords:
    """The days of one sentence.

    Attributes:
        days: Any of these; empty for any.
        weekdays: Any of these, Monday is 0; None for any.
    """

    def __init__(self, sentence: Sentence, today: date) -> None:
        self._sentence = sentence
        self._today = today
        self._weeks: list[Days] = []  # "next week": a day named besides lies within
        self._left_out: list[Days] = []  # "not this week": no day within
        self.days: list[Days] = []
        self.weekdays: set[int] | None = None

    def read(self) -> None:
        """Take the days out of the sentence."""
        for step in (
            self._week_bounds,
            self._week_spans,
            self._months,
            self._day_bounds,
            self._excluded,
            self._listed,
            self._other,
        ):
            step()
        if self._weeks and self.days:
            self.days = [both for day in self.days for week in self._weeks if (both := _both(day, week))]
            self._sentence.wrong |= not self.days
        self.days = self.days or self._weeks
        for span in self._left_out:
            self.days = _without(span, self.days or [Days(self._today, None)])
            self._sentence.wrong |= not self.days
        self._sentence.wrong |= any(one.last is not None and one.last < self._today for one in self.days)

    # Weeks and months

    def _week_bounds(self) -> None:
        """Read "not before next week", "after this week", "not next week", "not today"."""
        while match := self._sentence.cut(_WEEK_BOUND):
            span = self._span(match["which"], match["what"])
            how = match["how"]
            if how == "not":
                self._left_out.append(span)
            elif how == "before":
                self._sentence.wrong |= span.first <= self._today
                self._weeks.append(Days(self._today, span.first - DAY))
            elif how.endswith("after"):
                self._weeks.append(Days(_last(span) + DAY, None))
            else:
                self._weeks.append(Days(max(span.first, self._today), None))
        while match := self._sentence.cut(r"\bnot (?P<day>today|tomorrow)\b"):
            day = self._today + (DAY if match["day"] == "tomorrow" else 0 * DAY)
            self._left_out.append(Days(day, day))

    def _span(self, which: str, what: str) -> Days:
        if what == "month":
            first = self._today.replace(day=1)
            first = next_month(first) if which == "next" else first
            return Days(first, next_month(first) - DAY)
        monday = self._today - self._today.weekday() * DAY + (_WEEK if which == "next" else 0 * DAY)
        return Days(monday + (5 * DAY if what == "weekend" else 0 * DAY), monday + 6 * DAY)

    def _week_spans(self) -> None:
        monday = self._today - self._today.weekday() * DAY
        while match := self._sentence.cut(_WEEK_SPAN):
            # "friday or next week" is either, "next week friday" is both
            before = match.string[: match.start()]
            self._sentence.wrong |= bool(re.search(r"\bor ?$", before)) and not self._weeks
            if match["weekdays"]:
                self._only({0, 1, 2, 3, 4})
            elif match["weekend"]:
                self._only({5, 6})
            elif match["of"]:
                if (day := self._day(match["of"])) is not None:
                    start = day - day.weekday() * DAY
                    self._weeks.append(Days(max(start, self._today), start + 6 * DAY))
            elif match["beside"]:
                self._week_beside(match["beside"], match["beside_day"])
            elif match["nth"]:
                self._week_of_month(match["nth"], match["of_month"])
            elif match["what"] == "month":
                self._month(match)
            else:
                self._week(match, monday)

    def _week(self, match: re.Match[str], monday: date) -> None:
        after_next = match["after"] or match["week_after"]
        next_one = match["which"] in ("next", "following", "coming", "in a")
        start = monday + (2 * _WEEK if after_next else _WEEK if next_one else 0 * DAY)
        if match["what"] == "weekend":
            self._weeks.append(Days(start + 5 * DAY, start + 6 * DAY))
            return
        part = match["part"] or ""
        first, last = 0, 6
        if part.startswith(("early", "beginning", "start")):
            last = 1
        elif part == "first half of":
            last = 2
        elif part.startswith("mid"):
            first, last = 1, 3
        elif part.endswith("end of") or part == "late":
            first, last = 3, 4
        begin = max(start + first * DAY, self._today + (DAY if part == "later" else 0 * DAY))
        if begin > start + last * DAY:
            self._sentence.wrong = True
            return
        self._weeks.append(Days(begin, start + last * DAY))

    def _week_beside(self, how: str, written: str) -> None:
        """Read "the week after thanksgiving": the whole week from Monday on."""
        if (day := self._day(written)) is not None:
            monday = day - day.weekday() * DAY + (_WEEK if how == "after" else -_WEEK)
            self._weeks.append(Days(max(monday, self._today), monday + 6 * DAY))

    def _month(self, match: re.Match[str]) -> None:
        if match["after"] or match["which"] not in ("this", "next", "the"):
            self._sentence.wrong = True
            return
        first = self._today.replace(day=1)
        if match["which"] == "next":
            first = next_month(first)
        self._part_of_month(match["part"] or "", first)

    def _week_of_month(self, nth: str, month: str) -> None:
        first = self._first_of(month)
        if nth == "last":
            span = Days(next_month(first) - _WEEK, next_month(first) - DAY)
        else:
            number = (
                "1 2 3 4".split().index(nth[0])
                if nth[0].isdigit()
                else ("first", "second", "third", "fourth").index(nth)
            )
            span = Days(first + number * _WEEK, first + number * _WEEK + 6 * DAY)
        self._weeks.append(Days(max(span.first, self._today), span.last))

    def _months(self) -> None:
        match = self._sentence.cut(
            r"\b(?:sometime )?(?:in )?(?:the )?(?P<part>early|beginning of|start of|mid(?:dle of)?|late|end of)[ -](?:in )?"
            rf"(?P<a>{MONTH})(?![\w' ]*\d)(?=\s|$|[,.])|\b(?:sometime |anytime )?in (?P<b>{MONTH})(?![\w' ]*\d)(?=\s|$|[,.])"
        )
        if match:
            self._part_of_month(match["part"] or "", self._first_of(match["a"] or match["b"]))

    def _first_of(self, month: str) -> date:
        number = MONTH_NUMBER[month[:3]]
        return date(self._today.year + (number < self._today.month), number, 1)

    def _part_of_month(self, part: str, first: date) -> None:
        begin, end = first, next_month(first) - DAY
        if part.startswith(("early", "beginning", "start")):
            end = first + 9 * DAY
        elif part.startswith("mid"):
            begin, end = first + 10 * DAY, first + 19 * DAY
        elif part.endswith("end of") or part == "late":
            begin = first + 20 * DAY
        elif part and part not in ("sometime", "rest of", "later"):
            self._sentence.wrong = True
        self._sentence.wrong |= end < self._today
        self._weeks.append(Days(max(begin, self._today), end))

    # Days

    def _day_bounds(self) -> None:
        """Read "after the 10th", "before friday", "from monday to wednesday", "dec 7-9"."""
        cut = self._sentence.cut
        if match := cut(rf"\b(?P<m>{MONTH}) (?P<a>\d+)(?: ?- ?| to | through )(?P<b>\d+)(?!\d|:|/| ?[ap]m)"):
            self._from_to(self._day(f"{match['m']} {match['a']}"), self._day(f"{match['m']} {match['b']}"))
        while match := cut(
            rf"\b(?:(?P<between>between )|from )?(?:the )?(?P<a>{ONE_DAY})(?:\s?-\s?| to | through | until |(?(between) and |(?!)))"
            rf"(?P<b>{ONE_DAY})(?!\s?(?:[ap]m|:))"
        ):
            a, b = self._day(match["a"]), self._day(match["b"])
            names = [re.fullmatch(WEEKDAY, match[one]) for one in ("a", "b")]
            if all(names) and not self._weeks:  # "mon thru thurs" is any week's
                begins, ends = _weekday(match["a"]), _weekday(match["b"])
                self._only({(begins + n) % 7 for n in range((ends - begins) % 7 + 1)})
                continue
            if a and b and b < a and names[1]:
                b += _WEEK
            self._from_to(a, b)
        while match := cut(
            rf"(?<!week )(?<!weeks )(?<!\bday )\b(?P<after>{AFTER}) (?:the )?(?P<a>{ONE_DAY})(?!\w)|\b(?P<before>{BEFORE}) (?:the )?(?P<b>{ONE_DAY})(?!\w)"
            rf"|\b(?P<c>{ONE_DAY}) (?:or later|onwards?|and later|or after)(?!\w)"
        ):
            if (day := self._day(match["a"] or match["b"] or match["c"])) is None:
                continue
            self._sentence.wrong |= self._sentence.goes_on_with(rf",? ?(?:at |in the )?(?:{CLOCK}|{PART})")
            if match["before"]:
                includes = match["before"].startswith(("not", "no ", "until", "by", "up"))
                last = day if includes else day - DAY
                self._sentence.wrong |= last < self._today
                self.days.append(Days(self._today, last))
            else:
                later = bool(match["after"]) and re.search(
                    r"(?<!not )(?:^|\s)(?:after|past|later than)$", match["after"]
                )
                self.days.append(Days(day + DAY if later else day, None))
        if len(self.days) == 2 and self.days[0].last is None and self.days[1].first == self._today:
            self.days = [Days(self.days[0].first, self.days[1].last)]

    def _from_to(self, first: date | None, last: date | None) -> None:
        if first and last:
            self._sentence.wrong |= last < first
            self.days.append(Days(first, last))

    def _excluded(self) -> None:
        """Read the weekdays that do not suit: "any day but friday", "not on mondays", "next week but friday"."""
        list_of_days = rf"(?:every )?(?P<days>{WEEKDAY}(?:{JOINED}(?:every )?{WEEKDAY})*)(?!\w)"
        while match := self._sentence.cut(rf"\b(?:{_EXCLUDED}) {list_of_days}"):
            # "not monday at 3" leaves the rest of the Monday; "any day but monday after 3" is both
            part_of_it = rf",? ?(?:in the |at )?(?:{PART}|{CLOCK})"
            if match["not"]:
                part_of_it += rf"| ?(?:{AFTER}|{BEFORE}|between) (?:{CLOCK})"
            self._sentence.wrong |= self._sentence.goes_on_with(part_of_it)
            self._only(_EVERY - self._weekdays_in(match["days"]))
        while match := re.search(rf"\bbut (?:on )?{list_of_days}(?!{_SUITS})", self._sentence.rest):
            if not _UNIVERSE.search(self._sentence.rest[: match.start()]) and not self._weeks:
                return  # "ok but friday" wants the Friday
            self._sentence.cut(re.escape(match[0]))
            self._sentence.wrong |= self._sentence.goes_on_with(rf",? ?(?:in the |at )?(?:{PART}|{CLOCK})")
            self._only(_EVERY - self._weekdays_in(match["days"]))

    def _listed(self) -> None:
        """Read days and lists of days."""
        while match := self._sentence.cut(
            rf"(?<!\w)(?:on )?(?:either )?(?P<every>any |every |a )?(?P<days>{ONE_DAY}(?:{JOINED}(?:every )?{ONE_DAY})*)(?!\w)"
        ):
            days = match["days"].replace("every ", "")
            only_weekdays = re.fullmatch(rf"{WEEKDAY}(?:{JOINED}{WEEKDAY})*", days)
            if only_weekdays and (self._weeks or match["every"]):
                self._only(self._weekdays_in(days))
                continue
            which = ""
            for one in re.findall(ONE_DAY, days):
                name = one
                if re.fullmatch(WEEKDAY, one) and which:  # "next tuesday or thursday": both next week
                    name = f"{which} {one}"
                qualifier = re.match(r"(next|following|the following)\b", one)
                which = "next" if qualifier else which
                if (day := self._day(name)) is not None:
                    self._sentence.wrong |= bool(self._weeks) and not any(day in week for week in self._weeks)
                    self.days.append(Days(day, day))

    def _weekdays_in(self, days: str) -> frozenset[int]:
        return frozenset(_weekday(one) for one in re.findall(WEEKDAY, days))

    def _only(self, weekdays: frozenset[int] | set[int]) -> None:
        self.weekdays = set(weekdays) if self.weekdays is None else self.weekdays & weekdays
        self._sentence.wrong |= not self.weekdays

    def _day(self, written: str) -> date | None:
        """Return the day, or None and mark the sentence as not understood."""
        written = written.strip()
        if re.fullmatch(WEEKDAY, written) and len(self._weeks) == 1:  # "next week after wednesday"
            week = self._weeks[0]
            inside = [week.first + n * DAY for n in range(7) if week.first + n * DAY in week]
            found = next((one for one in inside if one.weekday() == _weekday(written)), None)
            self._sentence.wrong |= found is None
            return found
        try:
            day = self._resolved(written)
        except ValueError:  # there is no such day, as the 31st of June
            day = None
        if day is None or day < self._today:
            self._sentence.wrong = True
            return None
        return day

    def _resolved(self, written: str) -> date | None:
        today = self._today
        if written in ("today", "tomorrow", "now"):
            return today + (DAY if written == "tomorrow" else 0 * DAY)
        if written.endswith("day after tomorrow"):
            return today + 2 * DAY
        if match := re.fullmatch(r"(?:(?:(a|\d+) )?weeks? from (.+)|(.+) week)", written):
            inner = self._resolved(match[2] or match[3])
            weeks = int(match[1]) if match[1] and match[1].isdigit() else 1
            return inner + weeks * _WEEK if inner else None
        if written in ("thanksgiving", "christmas") or written.startswith("new year"):
            return _holiday(written, today)
        weekday_said = re.match(rf"({WEEKDAY}),? (?!week)", written)
        day = self._dated(written[weekday_said.end() :].removeprefix("on ") if weekday_said else written)
        if day is not None:
            # "tuesday the 3rd" when the 3rd is a Thursday: which of the two is meant?
            return None if weekday_said and day.weekday() != _weekday(weekday_said[1]) else day
        match = re.fullmatch(rf"(?P<which>.*?) ?(?P<day>{WEEKDAY})", written)
        if match is None:
            return None
        ahead = (_weekday(match["day"]) - today.weekday()) % 7
        if match["which"] in ("next", "the following", "following"):
            return today - today.weekday() * DAY + _WEEK + _weekday(match["day"]) * DAY
        if match["which"] in ("", "coming", "this coming"):
            return today + (ahead or 7) * DAY
        return today + ahead * DAY

    def _dated(self, written: str) -> date | None:
        """Return "dec 3", "3 december", "12/3", "2026-12-03" or "the 3rd" as a day, the next that comes."""
        written = written.removeprefix("the ")
        today = self._today
        if match := re.fullmatch(r"(20\d\d)-(\d\d?)-(\d\d?)", written):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d\d?)/(\d\d?)(?:/(?:20)?(\d\d))?", written):
            year = 2000 + int(match[3]) if match[3] else None
            return _next_date(today, int(match[1]), int(match[2]), year)
        if match := re.fullmatch(
            rf"(?P<m>{MONTH}) (?:the )?(?P<d>\d+)(?:\D\D)?(?:,? (?P<y>20\d\d))?", written
        ) or re.fullmatch(
            rf"(?P<d>\d+)(?:st|nd|rd|th)? (?:of )?(?P<m>{MONTH})(?:,? (?P<y>20\d\d))?", written
        ):
            year = int(match["y"]) if match["y"] else None
            return _next_date(today, MONTH_NUMBER[match["m"][:3]], int(match["d"]), year)
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", written):
            first = today.replace(day=1)
            for _ in range(3):  # a 31st is at most two months away
                try:
                    day = first.replace(day=int(match[1]))
                except ValueError:
                    day = None
                if day is not None and day >= today:
                    return day
                first = next_month(first)
        return None

    def _other(self) -> None:
        """Let parsedatetime read a day that the grammar above does not know; a weekday besides lies in its week."""
        if self._sentence.wrong or (self.days and not self._only_a_weekday):
            return
        match = re.search(
            r"\b(?:in )?(?:a|an|\d{1,2}|a couple(?: of)?|couple(?: of)?) (?:days?|weeks?)(?: from (?:now|today)| out| away)?\b",
            self._sentence.rest,
        )
        if not match or not re.match(r"in |.*(?:from|out|away)", match[0]):
            return
        phrase = re.sub(r"^in ", "", re.sub(r"(?:a )?couple(?: of)?", "2", match[0]))
        phrase = re.sub(r"\b(?:from (?:now|today)|out|away)\b", "", phrase).strip()
        noon = datetime.combine(self._today, time(12))
        calendar: Any = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)
        found, context = calendar.parseDT(f"in {phrase}", noon)
        if context.hasDate and not context.hasTime and found.date() > self._today:
            self._sentence.cut(re.escape(match[0]))
            day = found.date()
            if self.days and "week" in phrase:
                day = day - day.weekday() * DAY + self.days[0].first.weekday() * DAY
            elif self.days:
                self._sentence.wrong = True
            self.days = [Days(day, day)]

    @property
    def _only_a_weekday(self) -> bool:
        """Whether what was listed is the next of one weekday, as "tuesday" is."""
        return (
            len(self.days) == 1
            and self.days[0].first == self.days[0].last
            and self.days[0].first <= self._today + _WEEK
        )


def _both(one: Days, other: Days) -> Days | None:
    """Return the days that lie in both, or None."""
    first = max(one.first, other.first)
    ends = [last for last in (one.last, other.last) if last is not None]
    last = min(ends) if ends else None
    return Days(first, last) if last is None or first <= last else None


def _without(span: Days, days: list[Days]) -> list[Days]:
    """Return the days that do not lie in the span."""
    before, after = Days(date.min, span.first - DAY), Days(_last(span) + DAY, None)
    return [both for one in days for part in (before, after) if (both := _both(one, part))]


def _last(span: Days) -> date:
    return span.last or span.first


def _weekday(name: str) -> int:
    return _WEEKDAY_NUMBER[name[:3]]


def next_month(first: date) -> date:
    """Return the first of the month after."""
    return (first.replace(day=28) + 4 * DAY).replace(day=1)


def _next_date(today: date, month: int, day: int, year: int | None) -> date:
    if year:
        return date(year, month, day)
    this_year = date(today.year, month, day)
    found = this_year if this_year >= today else date(today.year + 1, month, day)
    if found - today > 300 * DAY:
        raise ValueError("a day that has just passed")
    return found


def _holiday(name: str, today: date) -> date:
    def of(year: int) -> date:
        if name == "christmas":
            return date(year, 12, 25)
        if name.startswith("new year"):
            return date(year, 1, 1)
        first = date(year, 11, 1)
        return first + ((3 - first.weekday()) % 7 + 21) * DAY  # the fourth Thursday

    this_year = of(today.year)
    return this_year if this_year >= today else of(today.year + 1)
