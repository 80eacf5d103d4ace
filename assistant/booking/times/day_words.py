"""Which days a sentence names: "next tuesday", "any day but friday", "not before next week", "dec 7-9"."""

import re
from datetime import date, datetime, time
from typing import Any

import parsedatetime

from assistant.booking.times.constraint import Days
from assistant.booking.times.one_day import DAY, WEEK, weekday_of
from assistant.booking.times.sentence import (
    AFTER,
    BEFORE,
    CLOCK,
    JOINED,
    MONTH,
    ONE_DAY,
    PART,
    WEEKDAY,
    Sentence,
)
from assistant.booking.times.week_words import WeekWords, last_of

_EVERY = frozenset(range(7))
_EXCLUDED = (
    r"(?P<any>(?:any ?day|anything|anytime|every day|all days|all week) (?:but|except)(?: for| not)?(?: on)?"
    r"|(?:but not|except(?: for)?|no)(?: on)?)|(?P<not>not(?: on| this)?|can't do|cannot do|can't(?: on)?)"
)
_UNIVERSE = re.compile(
    rf"\b(?:any|anytime|anything|every|all|week|week ?days?|days|{AFTER}|{BEFORE}|between)\b"
)
_SUITS = r",? (?:works?|is|would|'s|'d|sounds|suits)\b"


class DayWords(WeekWords):
    """The days of one sentence.

    Attributes:
        days: Any of these; empty for any.
    """

    def __init__(self, sentence: Sentence, today: date) -> None:
        super().__init__(sentence, today)
        self.days: list[Days] = []

    def read(self) -> None:
        """Take the days out of the sentence."""
        for step in (
            self.read_bounds,
            self.read_spans,
            self.read_months,
            self._day_bounds,
            self._excluded,
            self._listed,
            self._other,
        ):
            step()
        if self.weeks and self.days:
            self.days = [both for day in self.days for week in self.weeks if (both := _both(day, week))]
            self._sentence.wrong |= not self.days
        self.days = self.days or self.weeks
        for span in self.left_out:
            self.days = _without(span, self.days or [Days(self._today, None)])
            self._sentence.wrong |= not self.days
        self._sentence.wrong |= any(one.last is not None and one.last < self._today for one in self.days)

    # Days

    def _day_bounds(self) -> None:
        """Read "after the 10th", "before friday", "from monday to wednesday", "dec 7-9"."""
        cut = self._sentence.cut
        if match := cut(rf"\b(?P<m>{MONTH}) (?P<a>\d+)(?: ?- ?| to | through )(?P<b>\d+)(?!\d|:|/| ?[ap]m)"):
            self._from_to(self.day(f"{match['m']} {match['a']}"), self.day(f"{match['m']} {match['b']}"))
        while match := cut(
            rf"\b(?:(?P<between>between )|from )?(?:the )?(?P<a>{ONE_DAY})(?:\s?-\s?| to | through | until |(?(between) and |(?!)))"
            rf"(?P<b>{ONE_DAY})(?!\s?(?:[ap]m|:))"
        ):
            a, b = self.day(match["a"]), self.day(match["b"])
            names = [re.fullmatch(WEEKDAY, match[one]) for one in ("a", "b")]
            if all(names) and not self.weeks:  # "mon thru thurs" is any week's
                begins, ends = weekday_of(match["a"]), weekday_of(match["b"])
                self.only({(begins + n) % 7 for n in range((ends - begins) % 7 + 1)})
                continue
            if a and b and b < a and names[1]:
                b += WEEK
            self._from_to(a, b)
        while match := cut(
            rf"(?<!week )(?<!weeks )(?<!\bday )\b(?P<after>{AFTER}) (?:the )?(?P<a>{ONE_DAY})(?!\w)|\b(?P<before>{BEFORE}) (?:the )?(?P<b>{ONE_DAY})(?!\w)"
            rf"|\b(?P<c>{ONE_DAY}) (?:or later|onwards?|and later|or after)(?!\w)"
        ):
            if (day := self.day(match["a"] or match["b"] or match["c"])) is None:
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
            self.only(_EVERY - self._weekdays_in(match["days"]))
        while match := re.search(rf"\bbut (?:on )?{list_of_days}(?!{_SUITS})", self._sentence.rest):
            if not _UNIVERSE.search(self._sentence.rest[: match.start()]) and not self.weeks:
                return  # "ok but friday" wants the Friday
            self._sentence.cut(re.escape(match[0]))
            self._sentence.wrong |= self._sentence.goes_on_with(rf",? ?(?:in the |at )?(?:{PART}|{CLOCK})")
            self.only(_EVERY - self._weekdays_in(match["days"]))

    def _listed(self) -> None:
        """Read days and lists of days."""
        while match := self._sentence.cut(
            rf"(?<!\w)(?:on )?(?:either )?(?P<every>any |every |a )?(?P<days>{ONE_DAY}(?:{JOINED}(?:every )?{ONE_DAY})*)(?!\w)"
        ):
            days = match["days"].replace("every ", "")
            only_weekdays = re.fullmatch(rf"{WEEKDAY}(?:{JOINED}{WEEKDAY})*", days)
            if only_weekdays and (self.weeks or match["every"]):
                self.only(self._weekdays_in(days))
                continue
            which = ""
            for one in re.findall(ONE_DAY, days):
                name = one
                if re.fullmatch(WEEKDAY, one) and which:  # "next tuesday or thursday": both next week
                    name = f"{which} {one}"
                qualifier = re.match(r"(next|following|the following)\b", one)
                which = "next" if qualifier else which
                if (day := self.day(name)) is not None:
                    self._sentence.wrong |= bool(self.weeks) and not any(day in week for week in self.weeks)
                    self.days.append(Days(day, day))

    def _weekdays_in(self, days: str) -> frozenset[int]:
        return frozenset(weekday_of(one) for one in re.findall(WEEKDAY, days))

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
            and self.days[0].first <= self._today + WEEK
        )


def _both(one: Days, other: Days) -> Days | None:
    """Return the days that lie in both, or None."""
    first = max(one.first, other.first)
    ends = [last for last in (one.last, other.last) if last is not None]
    last = min(ends) if ends else None
    return Days(first, last) if last is None or first <= last else None


def _without(span: Days, days: list[Days]) -> list[Days]:
    """Return the days that do not lie in the span."""
    before, after = Days(date.min, span.first - DAY), Days(last_of(span) + DAY, None)
    return [both for one in days for part in (before, after) if (both := _both(one, part))]
