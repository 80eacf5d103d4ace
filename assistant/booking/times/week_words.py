"""Which weeks and months a sentence names: "next week", "after this week", "early december", "not this month"."""

from __future__ import annotations

import re
from datetime import date

from assistant.booking.times.constraint import Days
from assistant.booking.times.one_day import DAY, WEEK, day_named, next_month, weekday_of
from assistant.booking.times.sentence import MONTH, MONTH_NUMBER, ONE_DAY, WEEKDAY, Sentence

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


class WeekWords:
    """The weeks of one sentence, and the weekdays that suit.

    Attributes:
        weeks: A day that is named besides lies within one of these.
        left_out: No day within these.
        weekdays: Any of these, Monday is 0; None for any.
    """

    def __init__(self, sentence: Sentence, today: date) -> None:
        self._sentence = sentence
        self._today = today
        self.weeks: list[Days] = []
        self.left_out: list[Days] = []
        self.weekdays: set[int] | None = None

    def read_bounds(self) -> None:
        """Read "not before next week", "after this week", "not next week", "not today"."""
        while match := self._sentence.cut(_WEEK_BOUND):
            span = self._span(match["which"], match["what"])
            how = match["how"]
            if how == "not":
                self.left_out.append(span)
            elif how == "before":
                self._sentence.wrong |= span.first <= self._today
                self.weeks.append(Days(self._today, span.first - DAY))
            elif how.endswith("after"):
                self.weeks.append(Days(last_of(span) + DAY, None))
            else:
                self.weeks.append(Days(max(span.first, self._today), None))
        while match := self._sentence.cut(r"\bnot (?P<day>today|tomorrow)\b"):
            day = self._today + (DAY if match["day"] == "tomorrow" else 0 * DAY)
            self.left_out.append(Days(day, day))

    def _span(self, which: str, what: str) -> Days:
        if what == "month":
            first = self._today.replace(day=1)
            first = next_month(first) if which == "next" else first
            return Days(first, next_month(first) - DAY)
        monday = self._today - self._today.weekday() * DAY + (WEEK if which == "next" else 0 * DAY)
        return Days(monday + (5 * DAY if what == "weekend" else 0 * DAY), monday + 6 * DAY)

    def read_spans(self) -> None:
        """Read "next week", "the week of the 7th", "weekends", "end of this month"."""
        monday = self._today - self._today.weekday() * DAY
        while match := self._sentence.cut(_WEEK_SPAN):
            # "friday or next week" is either, "next week friday" is both
            before = match.string[: match.start()]
            self._sentence.wrong |= bool(re.search(r"\bor ?$", before)) and not self.weeks
            if match["weekdays"]:
                self.only({0, 1, 2, 3, 4})
            elif match["weekend"]:
                self.only({5, 6})
            elif match["of"]:
                if (day := self.day(match["of"])) is not None:
                    start = day - day.weekday() * DAY
                    self.weeks.append(Days(max(start, self._today), start + 6 * DAY))
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
        start = monday + (2 * WEEK if after_next else WEEK if next_one else 0 * DAY)
        if match["what"] == "weekend":
            self.weeks.append(Days(start + 5 * DAY, start + 6 * DAY))
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
        self.weeks.append(Days(begin, start + last * DAY))

    def _week_beside(self, how: str, written: str) -> None:
        """Read "the week after thanksgiving": the whole week from Monday on."""
        if (day := self.day(written)) is not None:
            monday = day - day.weekday() * DAY + (WEEK if how == "after" else -WEEK)
            self.weeks.append(Days(max(monday, self._today), monday + 6 * DAY))

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
            span = Days(next_month(first) - WEEK, next_month(first) - DAY)
        else:
            number = (
                "1 2 3 4".split().index(nth[0])
                if nth[0].isdigit()
                else ("first", "second", "third", "fourth").index(nth)
            )
            span = Days(first + number * WEEK, first + number * WEEK + 6 * DAY)
        self.weeks.append(Days(max(span.first, self._today), span.last))

    def read_months(self) -> None:
        """Read "early december", "in january"."""
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
        self.weeks.append(Days(max(begin, self._today), end))

    def only(self, weekdays: frozenset[int] | set[int]) -> None:
        """Let only these weekdays suit, of those that suited so far."""
        self.weekdays = set(weekdays) if self.weekdays is None else self.weekdays & weekdays
        self._sentence.wrong |= not self.weekdays

    def day(self, written: str) -> date | None:
        """Return the day, or None and mark the sentence as not understood."""
        written = written.strip()
        if re.fullmatch(WEEKDAY, written) and len(self.weeks) == 1:  # "next week after wednesday"
            week = self.weeks[0]
            inside = [week.first + n * DAY for n in range(7) if week.first + n * DAY in week]
            found = next((one for one in inside if one.weekday() == weekday_of(written)), None)
            self._sentence.wrong |= found is None
            return found
        try:
            day = day_named(written, self._today)
        except ValueError:  # there is no such day, as the 31st of June
            day = None
        if day is None or day < self._today:
            self._sentence.wrong = True
            return None
        return day


def last_of(span: Days) -> date:
    """Return the last day of a span, its first where it has no end."""
    return span.last or span.first
