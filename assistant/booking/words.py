"""Times in words: "next tuesday after 3", "not before noon", "the 3rd at 4:30".

A sentence is taken apart piece by piece: days, then times of day. Each piece that is understood is
cut out; if anything but small talk is left over, the sentence counts as not understood and None is
returned, because a time half understood is a wrong time. parsedatetime reads the day where the
grammar here does not know it ("in two weeks").
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import parsedatetime

from assistant.booking.constraint import Days, Office, TimeConstraint
from assistant.booking.wording import plain_wording
from assistant.booking.wordlist import word_set, words_in
from assistant.booking.zones import zone_in

DAY = timedelta(days=1)
MORNING_ENDS, AFTERNOON_ENDS = time(12), time(17)


def understand(
    text: str, now: datetime, zone: ZoneInfo, office: Office | None = None
) -> TimeConstraint | None:
    """Read when a parent would like the call, or return None when it is not fully understood.

    Args:
        text: What was typed.
        now: The current instant.
        zone: The parent's zone; a zone named in the text goes before it.
        office: When calls take place, on the parent's clock: "3" means the three within it.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 24, 20, tzinfo=UTC)
    >>> understand("next tuesday after 3", now, ZoneInfo("America/Los_Angeles")).words()
    'Tuesday, December 1, from 3:00 PM on'
    """
    if len(text) > 300:
        return None
    named, rest = zone_in(text)
    today = now.astimezone(named or zone).date()
    reading = _Reading(plain_wording(rest), today, office or Office())
    constraint = reading.result()
    return None if constraint is None else replace(constraint, zone=named)


# The grammar.

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_NUMBER = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTH_NUMBER = {
    name: number for number, name in enumerate(words_in("jan feb mar apr may jun jul aug sep oct nov dec"), 1)
}
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_ONE_DAY = (
    r"(?:the day after tomorrow|day after tomorrow|tomorrow|today|thanksgiving|christmas|new year'?s?(?: day)?"
    rf"|(?:a week from|1 week from) (?:{_WEEKDAY}|tomorrow|today)|{_WEEKDAY} week"
    rf"|(?:{_WEEKDAY},? )?(?:the )?{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:|\s?[ap]m)(?:,? 20\d\d)?"
    rf"|(?:{_WEEKDAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? 20\d\d)?"
    r"|20\d\d-\d\d?-\d\d?"
    rf"|(?:{_WEEKDAY},? )?\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?"
    rf"|(?:{_WEEKDAY},? (?:on )?)?(?:the )?{_NTH}"
    rf"|(?:this |next |this coming |coming |the following |following )?{_WEEKDAY})"
)
_JOINED = r"(?:,? ?(?:or|and|&)(?: on)? |, ?| ?/ ?)"
_CLOCK = r"(?:\d{1,2}(?::\d{2})?\s?(?:[ap]m)?|noon|midday|12 noon|midnight)(?!\w|/|:|%)"
_PART = r"(?:morning|afternoon|evening|night)"
_AFTER = (
    r"(?:not (?:before|earlier than|until|til+)|no (?:earlier|sooner) than|(?:anytime |sometime |any )?after|past"
    r"|later than|starting(?: at| from)?|(?:anytime )?from|since|as of|beginning)"
)
_BEFORE = r"(?:not (?:after|later than|past)|no later than|(?:anytime |sometime )?before|until|til+|by|up to|earlier than)"
_FILLER = word_set(
    """
    a able about actually again ahead all also am an and any anything anytime appointment are around as at
    availability available be best better between book booked booking but call can change could day days
    do does doing during either else fine fit for free from gonna good got great guess have hello her hey
    hi him hmm hope how i i'd i'll i'm ideally if im in instead is it it's its just kind let's lets like
    lol make maybe me meant meet might mine my of oh ok okay on only open opening openings or perfect
    perhaps please pls plz possible possibly prefer preferably probably rather really schedule see set
    should slot so some something sometime somewhere spot sure switch talk thank thanks that that's thats
    the them then there thing think this time times to too try u um until us wanna want we we'd week well
    what what's whats will with work working works would y'all yeah yep yes you your
    """
)
# "i work until 5" tells when the parent can not; what that leaves is asked, not guessed
_ABOUT_LIFE = re.compile(
    r"\b(?:i|we) (?:work(?! for| with)|(?:am|'m) (?:at work|busy)|have work|got work)|\bi'm at work\b"
)
_ANYTIME = re.compile(
    r"\b(?:anytime|as soon as possible|asap|(?:the )?(?:soonest|earliest|next|first) (?:available|possible|opening|slot|time|call)"
    r"|(?:the )?(?:soonest|earliest)|no preference|i don't care|i don't mind|doesn't matter|any day|i'm flexible|im flexible"
    r"|flexible|any works|whatever (?:works|you have|is open|is best)|as early as possible|soon)\b"
)


@dataclass
class _Reading:
    """One sentence while it is taken apart."""

    rest: str
    today: date
    office: Office
    weeks: list[Days] = field(default_factory=list)  # "next week": a day named besides lies within
    days: list[Days] = field(default_factory=list)
    weekdays: set[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    exact: tuple[time, ...] = ()
    read_any: bool = False
    wrong: bool = False
    after: str = ""  # what followed the piece that was cut out last

    def result(self) -> TimeConstraint | None:
        self.wrong = bool(_ABOUT_LIFE.search(self.rest))
        self.wrong |= _says_two_things(self.rest)
        for step in (self._week_spans, self._day_bounds, self._day_lists, self._other_day):
            step()
        for step in (self._clock_ranges, self._clock_bounds, self._parts_of_day, self._single_clocks):
            step()
        while self._cut(_ANYTIME):
            pass
        left = [word.strip(".,!?;:()-&") for word in self.rest.split()]
        if self.wrong or not self.read_any or any(word and word not in _FILLER for word in left):
            return None
        if self.earliest and self.latest and self.earliest >= self.latest:
            return None
        if any(one.last is not None and one.last < self.today for one in self.days):
            return None  # a day that is gone was hardly meant
        if self.exact and (self.earliest or self.latest):
            return None
        return TimeConstraint(
            days=tuple(sorted(set(self.days), key=lambda one: one.first)),
            weekdays=frozenset(self.weekdays) if self.weekdays is not None else None,
            earliest=self.earliest,
            latest=self.latest,
            exact=self.exact,
        )

    def _cut(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match out of the sentence and return it."""
        match = re.search(pattern, self.rest)
        if match:
            self.after = self.rest[match.end() :]
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
            self.read_any = True
        return match

    # Days

    def _week_spans(self) -> None:
        monday = self.today - self.today.weekday() * DAY
        while match := self._cut(
            r"\b(?P<part>early|beginning of|start of|first half of|(?:the )?end of|late|later|middle of|mid|rest of|sometime)?"
            r"[ -]?(?:the )?(?P<which>this|next|the|in a|following|coming) (?P<what>weekend|week|month)(?! of\b)(?P<after> after next)?\b"
            r"|\b(?P<weekend>weekends?)\b|\b(?P<weekdays>week ?days?)\b"
            r"|\bthe week of (?:the )?(?P<of>" + _ONE_DAY + r")"
        ):
            # "friday or next week" is either, "next week friday" is both
            self.wrong |= bool(re.search(r"\bor $", match.string[: match.start()])) and not self.weeks
            if match["weekdays"]:
                self._only({0, 1, 2, 3, 4})
            elif match["weekend"]:
                self._only({5, 6})
            elif match["of"]:
                if (day := self._day(match["of"])) is not None:
                    start = day - day.weekday() * DAY
                    self.weeks.append(Days(max(start, self.today), start + 6 * DAY))
            elif match["what"] == "month":
                self._month(match)
            else:
                self._week(match, monday)
        self._months()

    def _week(self, match: re.Match[str], monday: date) -> None:
        next_one = match["which"] in ("next", "following", "coming", "in a")
        start = monday + (14 * DAY if match["after"] else 7 * DAY if next_one else 0 * DAY)
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
        begin = max(start + first * DAY, self.today + (DAY if part == "later" else 0 * DAY))
        if begin > start + last * DAY:
            self.wrong = True
            return
        self.weeks.append(Days(begin, start + last * DAY))

    def _month(self, match: re.Match[str]) -> None:
        if match["part"] or match["after"] or match["which"] not in ("this", "next"):
            self.wrong = True
            return
        first = self.today.replace(day=1)
        if match["which"] == "next":
            first = _next_month(first)
        self.weeks.append(Days(max(first, self.today), _next_month(first) - DAY))

    def _months(self) -> None:
        match = self._cut(rf"\b(?:sometime )?in ({_MONTH})(?![\w' ]*\d)(?=\s|$|[,.])")
        if match:
            month = _MONTH_NUMBER[match[1][:3]]
            year = self.today.year + (month < self.today.month)
            first = date(year, month, 1)
            self.weeks.append(Days(max(first, self.today), _next_month(first) - DAY))

    def _day_bounds(self) -> None:
        """Read "after the 10th", "before friday", "from monday to wednesday", "dec 7-9"."""
        if match := self._cut(
            rf"\b(?P<m>{_MONTH}) (?P<a>\d+)(?: ?- ?| to | through )(?P<b>\d+)(?!\d|:|/| ?[ap]m)"
        ):
            a, b = (self._day(f"{match['m']} {match[one]}") for one in "ab")
            if a and b:
                self.wrong |= b < a
                self.days.append(Days(a, b))
        while match := self._cut(
            rf"\b(?:(?P<between>between )|from )?(?:the )?(?P<a>{_ONE_DAY})(?:\s?-\s?| to | through | thru | until |(?(between) and |(?!)))"
            rf"(?P<b>{_ONE_DAY})(?!\s?(?:[ap]m|:))"
        ):
            a, b = self._day(match["a"]), self._day(match["b"])
            if a and b:
                if b < a and re.fullmatch(_WEEKDAY, match["b"]):
                    b += 7 * DAY
                self.wrong |= b < a
                self.days.append(Days(a, b))
        while match := self._cut(
            rf"(?<!week )(?<!\bday )\b(?P<after>{_AFTER}) (?:the )?(?P<a>{_ONE_DAY})(?!\w)|\b(?P<before>{_BEFORE}) (?:the )?(?P<b>{_ONE_DAY})(?!\w)"
            rf"|\b(?P<c>{_ONE_DAY}) (?:or later|onwards?|and later|or after)(?!\w)"
        ):
            if (day := self._day(match["a"] or match["b"] or match["c"])) is None:
                continue
            self.wrong |= bool(re.match(rf",? ?(?:at |in the )?(?:{_CLOCK}|{_PART})", self.after))
            if match["before"]:
                includes = match["before"].startswith(("not", "no ", "until", "til", "by", "up"))
                last = day if includes else day - DAY
                self.wrong |= last < self.today
                self.days.append(Days(self.today, last))
            else:
                later = bool(match["after"]) and re.search(
                    r"(?<!not )(?:^|\s)(?:after|past|later than)$", match["after"]
                )
                self.days.append(Days(day + DAY if later else day, None))
        if len(self.days) == 2 and self.days[0].last is None and self.days[1].first == self.today:
            self.days = [Days(self.days[0].first, self.days[1].last)]

    def _day_lists(self) -> None:
        """Read days and lists of days, and the weekdays that do not suit."""
        no = (
            r"(?:any ?day|anything|anytime|every day|all days) (?:but|except)(?: for| not)?(?: on)?"
            r"|(?:but not|except(?: for)?)(?: on)?|not(?: on| this)?|can't do|cannot do"
        )
        while match := self._cut(
            rf"\b(?:{no}) (?:every )?(?P<days>{_WEEKDAY}(?:{_JOINED}(?:every )?{_WEEKDAY})*)(?!\w)"
        ):
            self.wrong |= bool(
                re.match(rf" ?(?:in the |at |after |before )?(?:{_PART}|{_CLOCK})", self.after)
            )
            out = {_weekday(one) for one in re.findall(_WEEKDAY, match["days"])}
            self._only(set(range(7)) - out)
        while match := self._cut(
            rf"(?<!\w)(?:on )?(?:either )?(?P<every>any |every |a )?(?P<days>{_ONE_DAY}(?:{_JOINED}(?:every )?{_ONE_DAY})*)(?!\w)"
        ):
            days = match["days"].replace("every ", "")
            only_weekdays = re.fullmatch(rf"{_WEEKDAY}(?:{_JOINED}{_WEEKDAY})*", days)
            if only_weekdays and (self.weeks or match["every"]):
                self._only({_weekday(one) for one in re.findall(_WEEKDAY, days)})
                continue
            which = ""
            for one in re.findall(_ONE_DAY, days):
                name = one
                if re.fullmatch(_WEEKDAY, one) and which:  # "next tuesday or thursday": both next week
                    name = f"{which} {one}"
                qualifier = re.match(r"(next|following|the following)\b", one)
                which = "next" if qualifier else which
                if (day := self._day(name)) is not None:
                    self.wrong |= bool(self.weeks) and not any(day in week for week in self.weeks)
                    self.days.append(Days(day, day))
        self.days = self.days or self.weeks
        if re.search(r"\btonight\b", self.rest):
            self._cut(r"\btonight\b")
            self.days.append(Days(self.today, self.today))
            self.earliest = AFTERNOON_ENDS

    def _only(self, weekdays: set[int]) -> None:
        self.weekdays = weekdays if self.weekdays is None else self.weekdays & weekdays
        self.wrong |= not self.weekdays

    def _day(self, written: str) -> date | None:
        """Return the day, or None and mark the sentence as not understood."""
        try:
            day = self._resolved(written.strip())
        except ValueError:  # there is no such day, as the 31st of June
            day = None
        if day is None or day < self.today:
            self.wrong = True
            return None
        return day

    def _resolved(self, written: str) -> date | None:
        today = self.today
        if written in ("today", "tomorrow"):
            return today + (DAY if written == "tomorrow" else 0 * DAY)
        if written.endswith("day after tomorrow"):
            return today + 2 * DAY
        if match := re.fullmatch(r"(?:a|1) week from (.+)|(.+) week", written):
            inner = self._resolved(match[1] or match[2])
            return inner + 7 * DAY if inner else None
        if written in ("thanksgiving", "christmas") or written.startswith("new year"):
            return _holiday(written, today)
        weekday_said = re.match(rf"({_WEEKDAY}),? (?!week)", written)
        day = self._dated(written[weekday_said.end() :].removeprefix("on ") if weekday_said else written)
        if day is not None:
            # "tuesday the 3rd" when the 3rd is a Thursday: which of the two is meant?
            return None if weekday_said and day.weekday() != _weekday(weekday_said[1]) else day
        match = re.fullmatch(rf"(?P<which>.*?) ?(?P<day>{_WEEKDAY})", written)
        if match is None:
            return None
        ahead = (_weekday(match["day"]) - today.weekday()) % 7
        if match["which"] in ("next", "the following", "following"):
            return today - today.weekday() * DAY + 7 * DAY + _weekday(match["day"]) * DAY
        if match["which"] in ("", "coming", "this coming"):
            return today + (ahead or 7) * DAY
        return today + ahead * DAY

    def _dated(self, written: str) -> date | None:
        """Return "dec 3", "3 december", "12/3", "2026-12-03" or "the 3rd" as a day, the next that comes."""
        written = written.removeprefix("the ")
        today = self.today
        if match := re.fullmatch(r"(20\d\d)-(\d\d?)-(\d\d?)", written):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d\d?)/(\d\d?)(?:/(?:20)?(\d\d))?", written):
            year = 2000 + int(match[3]) if match[3] else None
            return _next_date(today, int(match[1]), int(match[2]), year)
        if match := re.fullmatch(
            rf"(?P<m>{_MONTH}) (?:the )?(?P<d>\d+)(?:\D\D)?(?:,? (?P<y>20\d\d))?", written
        ) or re.fullmatch(
            rf"(?P<d>\d+)(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>20\d\d))?", written
        ):
            year = int(match["y"]) if match["y"] else None
            return _next_date(today, _MONTH_NUMBER[match["m"][:3]], int(match["d"]), year)
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", written):
            first = today.replace(day=1)
            for _ in range(3):  # a 31st is at most two months away
                try:
                    day = first.replace(day=int(match[1]))
                except ValueError:
                    day = None
                if day is not None and day >= today:
                    return day
                first = _next_month(first)
        return None

    def _other_day(self) -> None:
        """Let parsedatetime read a day that the grammar above does not know."""
        if self.days or self.wrong:
            return
        match = re.search(
            r"\b(?:in )?(?:a|an|\d{1,2}|a couple(?: of)?|couple(?: of)?) (?:days?|weeks?)(?: from (?:now|today)| out| away)?\b",
            self.rest,
        )
        if not match or not re.match(r"in |.*(?:from|out|away)", match[0]):
            return
        phrase = re.sub(r"^in ", "", re.sub(r"(?:a )?couple(?: of)?", "2", match[0]))
        phrase = re.sub(r"\b(?:from (?:now|today)|out|away)\b", "", phrase).strip()
        noon = datetime.combine(self.today, time(12))
        calendar: Any = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)
        found, context = calendar.parseDT(f"in {phrase}", noon)
        if context.hasDate and not context.hasTime and found.date() > self.today:
            self._cut(re.escape(match[0]))
            self.days.append(Days(found.date(), found.date()))

    # Times of day

    def _clock_ranges(self) -> None:
        match = self._cut(
            rf"\b(?:anytime |sometime )?(?:between|from|btwn) (?P<a>{_CLOCK})(?: ?- ?| ?and | ?to | ?until | ?til+ | ?& ?)(?P<b>{_CLOCK})"
            rf"|(?<![\w/:])(?P<c>{_CLOCK})(?: ?- ?| to | until | til+ )(?P<d>{_CLOCK})"
        )
        if not match:
            return
        first, last = match["a"] or match["c"], match["b"] or match["d"]
        end = self._clock(last)
        half = re.search(r"[ap]m", last)
        start = self._clock(first)
        if half and not re.search(r"[ap]m|noon|mid", first) and end:
            with_half = self._clock(first + half[0])
            start = with_half if with_half and with_half < end else self._clock(first + "am")
        if start is None or end is None:
            self.wrong = True
            return
        if end <= start and not half and end.hour < 12:
            end = end.replace(hour=end.hour + 12)
        self._between(start, end)

    def _clock_bounds(self) -> None:
        while match := self._cut(
            rf"\b(?P<after>{_AFTER}) (?:like |about |around |maybe )?(?P<a>{_CLOCK}|lunch|school|work|drop ?off|pick ?up)"
            rf"|\b(?P<before>{_BEFORE}) (?:like |about |around |maybe )?(?P<b>{_CLOCK}|lunch|school|work|pick ?up)"
            rf"|(?<![\w/:])(?:at )?(?P<c>{_CLOCK}) ?(?:or|and|,)? ?(?P<way>later|onwards?|on|after|earlier|before|\+)(?!\w)"
        ):
            named = {"lunch": time(13), "school": time(15), "work": time(17)}
            word = match["a"] or match["b"] or match["c"]
            if match["b"] == "lunch":
                clock: time | None = time(12)
            elif match["b"] in ("school", "work", "pickup", "pick up", "drop off"):
                clock = None  # when that is only the parent knows
            else:
                clock = named.get(word) or (
                    self._clock(word) if word[0].isdigit() or word in _NOONS else None
                )
            if clock is None:
                self.wrong = True
            elif match["before"] or match["way"] in ("earlier", "before"):
                self._between(None, clock)
            else:
                self._between(clock, None)

    def _parts_of_day(self) -> None:
        while match := self._cut(
            rf"\b(?P<no>not (?:in )?(?:the )?|no |anything but |anytime but |except )?"
            rf"(?:(?:in|during) )?(?:the )?(?P<size>early|earlier|late|later|mid|first thing)?[ -]?(?:in )?(?:the )?"
            rf"(?:(?P<part>{_PART})s?|(?P<day>day|school hours|school day)|(?P<lunch>lunch ?(?:time|hour|break)?))(?![\w'])"
            rf"|\b(?P<first>first thing)\b|\b(?P<close>end of (?:the )?(?:day|business))\b"
        ):
            if match["first"]:
                self._between(None, time(10, 30))
            elif match["close"]:
                self._between(time(15), None)
            elif match["lunch"]:
                self.wrong |= bool(match["no"] or match["size"])
                self._between(time(11, 30), time(13, 30))
            elif match["day"]:
                if match["size"] in ("late", "later"):
                    self._between(time(15), None)
                elif match["size"] in ("early", "earlier"):
                    self._between(None, time(11))
                elif match["day"] != "day" or match["no"]:
                    self.wrong = True
            else:
                self._part(match["part"], match["size"] or "", bool(match["no"]))

    def _part(self, part: str, size: str, no: bool) -> None:
        if no:
            if size or part == "afternoon":
                self.wrong |= bool(size)
                self._between(None, MORNING_ENDS)
            elif part == "morning":
                self._between(MORNING_ENDS, None)
            else:
                self._between(None, AFTERNOON_ENDS)
            return
        if self.exact or (self.earliest and part == "morning" and self.earliest < MORNING_ENDS):
            pass
        spans: dict[tuple[str, str], tuple[time | None, time | None]] = {
            ("morning", ""): (None, MORNING_ENDS),
            ("morning", "early"): (None, time(10, 30)),
            ("morning", "first thing"): (None, time(10, 30)),
            ("morning", "late"): (time(10, 30), time(12, 30)),
            ("morning", "mid"): (time(9, 30), time(11, 30)),
            ("afternoon", ""): (MORNING_ENDS, AFTERNOON_ENDS),
            ("afternoon", "early"): (MORNING_ENDS, time(14, 30)),
            ("afternoon", "late"): (time(15), time(18)),
            ("afternoon", "later"): (time(15), time(18)),
            ("afternoon", "mid"): (time(14), time(16)),
            ("evening", ""): (AFTERNOON_ENDS, None),
            ("evening", "early"): (AFTERNOON_ENDS, time(19)),
            ("night", ""): (AFTERNOON_ENDS, None),
        }
        span = spans.get((part, size))
        if span is None:
            self.wrong = True
            return
        # "tuesday morning at 9", "3 in the afternoon": the hour decides, the part says which half
        half = re.search(r"(?<![\w/:$])(\d{1,2})(:\d\d)?(?![\w/:%])", self.rest)
        if half and int(half[1]) <= 12:
            suffix = "am" if part == "morning" else "pm"
            self.rest = f"{self.rest[: half.end()]}{suffix}{self.rest[half.end() :]}"
            return
        if self.earliest and not self.latest and span[0] and self.earliest >= span[0]:
            span = (None, span[1]) if span[1] and self.earliest < span[1] else (None, None)
        self._between(*span)

    def _single_clocks(self) -> None:
        clocks: list[time] = []
        about = False
        pattern = (
            rf"(?<![\w/:$#])(?:(?P<how>at like|at about|at around|around|about|roughly|approximately|at|@|~)? ?)"
            rf"(?P<clock>{_CLOCK}|\d{{1,2}}(?::\d\d)? ?ish\b|\d{{1,2}}(?::\d\d)?-?ish\b)(?P<ish> ?-?ish\b)?"
        )
        while match := self._cut(pattern):
            clock = self._clock(re.sub(r" ?-?ish", "", match["clock"]))
            if clock is None:
                self.wrong = True
                return
            how = match["how"] or ""
            about |= how not in ("", "at", "@") or "ish" in match[0]
            clocks.append(clock)
        if not clocks:
            return
        if self.earliest or self.latest:
            self.wrong = True  # "after 3, i get home at 2": better ask than guess
        elif about:
            self.wrong |= len(clocks) > 1
            start = datetime.combine(self.today, clocks[0])
            # a call within an hour of it, either side
            self._between((start - timedelta(minutes=60)).time(), (start + timedelta(minutes=90)).time())
        else:
            self.exact = tuple(dict.fromkeys(clocks))
            self.wrong |= len(self.exact) > 3

    def _between(self, start: time | None, end: time | None) -> None:
        if start is not None:
            self.earliest = start if self.earliest is None else max(self.earliest, start)
        if end is not None:
            self.latest = end if self.latest is None else min(self.latest, end)

    def _clock(self, written: str) -> time | None:
        """Return a clock time; without am or pm the one within the office's hours."""
        if written in _NOONS:
            return time(12)
        match = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s?([ap]m)?", written)
        if not match:
            return None
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
            return None
        if half:
            return time(hour % 12 + (12 if half == "pm" else 0), minute)
        if hour == 0 or hour > 12:
            return time(hour, minute) if match[2] else None
        early, late = time(hour % 12, minute), time(hour % 12 + 12, minute)
        fitting = [one for one in (early, late) if self.office.holds(one)]
        if len(fitting) == 1:
            return fitting[0]
        return early if 8 <= hour <= 11 else late


def _says_two_things(text: str) -> bool:
    """Tell whether several days each have a time of their own: "monday at 9 or tuesday at 3"."""
    day = re.compile(rf"\b(?:{_ONE_DAY}|tonight)(?!\w)")
    clock = re.compile(rf"(?<![\w/:])(?:{_CLOCK}|{_PART}\b)")
    pieces = re.split(r"\b(?:or|and)\b|[,;]", re.sub(r"\bbetween (.*?) and ", r"between \1 to ", text))
    timed = [piece for piece in pieces if day.search(piece) and clock.search(day.sub(" ", piece))]
    return len(timed) > 1


_NOONS = ("noon", "midday", "12 noon")


def _weekday(name: str) -> int:
    return _WEEKDAY_NUMBER[name[:3]]


def _next_month(first: date) -> date:
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
