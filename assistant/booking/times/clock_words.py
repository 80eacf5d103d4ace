"""At which times of day a sentence would like the call: "between 3pm and 5", "3 or later", "mornings", "noon"."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from assistant.booking.times.constraint import Office
from assistant.booking.times.sentence import AFTER, BEFORE, CLOCK, PART, Sentence

MORNING_ENDS, AFTERNOON_ENDS = time(12), time(17)

_SPANS: Mapping[tuple[str, str], tuple[time | None, time | None]] = {
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
"""When a part of a day begins and ends, by its size; None where the day bounds it."""


class ClockWords:
    """The times of day of one sentence.

    Attributes:
        earliest: The call begins at or after it.
        latest: The call is over by then.
        exact: The call may begin at these.
    """

    def __init__(self, sentence: Sentence, today: date, office: Office) -> None:
        self._sentence = sentence
        self._today = today
        self._office = office
        self.earliest: time | None = None
        self.latest: time | None = None
        self.exact: tuple[time, ...] = ()

    def read(self) -> None:
        """Take the times of day out of the sentence."""
        for step in (self._clock_ranges, self._clock_bounds, self._parts_of_day, self._single_clocks):
            step()
        self._sentence.wrong |= bool(self.earliest and self.latest and self.earliest >= self.latest)
        self._sentence.wrong |= bool(self.exact and (self.earliest or self.latest))

    def _clock_ranges(self) -> None:
        match = self._sentence.cut(
            rf"\b(?:anytime |sometime )?(?:between|from) (?P<a>{CLOCK})(?: ?- ?| and | to | until | through | ?& ?)(?P<b>{CLOCK})"
            rf"|(?<![\w/:])(?P<c>{CLOCK})(?: ?- ?| to | until | through )(?P<d>{CLOCK})"
        )
        if not match:
            return
        first, last = match["a"] or match["c"], match["b"] or match["d"]
        end = self._clock(last)
        half = re.search(r"[ap]m", last)
        start = self._clock(first)
        bare = re.match(r"(?:[1-9]|1[0-2])(?:$|:|ish)", first)
        if half and bare and not re.search(r"[ap]m", first) and end:
            with_half = self._clock(first + half[0])
            start = with_half if with_half and with_half < end else self._clock(first + "am")
        if start is None or end is None:
            self._sentence.wrong = True
            return
        if end <= start and not half and end.hour < 12:
            end = end.replace(hour=end.hour + 12)
        self._between(start, end)

    def _clock_bounds(self) -> None:
        while match := self._sentence.cut(
            rf"\b(?P<after>{AFTER}) (?:like |about |around |maybe )?(?P<a>{CLOCK}|lunch|school|work|drop ?off|pick ?up)"
            rf"|\b(?P<before>{BEFORE}) (?:like |about |around |maybe )?(?P<b>{CLOCK}|lunch|school|work|pick ?up)"
            rf"|(?<![\w/:])(?:at )?(?P<c>{CLOCK}) ?(?:or|and|,)? ?(?P<way>later|onwards?|on(?! (?:a|the)\b)|after|earlier|before|at the earliest|at the latest|\+)(?!\w)"
        ):
            named = {"lunch": time(13), "school": time(15), "work": time(17)}
            word = match["a"] or match["b"] or match["c"]
            if match["b"] == "lunch":
                clock: time | None = time(12)
            elif match["b"] in ("school", "work", "pickup", "pick up", "drop off"):
                clock = None  # when that is only the parent knows
            else:
                clock = named.get(word) or (
                    self._clock(word) if word[0].isdigit() or word == "noon" else None
                )
                from_then = match["after"] or match["way"] in (
                    "later",
                    "onward",
                    "onwards",
                    "on",
                    "after",
                    "+",
                )
                if clock and from_then and re.fullmatch(r"(?:8|9|10|11)(?::\d\d)?(?:ish)?", word):
                    clock = clock.replace(hour=clock.hour % 12)  # "9 or later" is no evening's nine
            if clock is None:
                self._sentence.wrong = True
            elif match["before"] or match["way"] in ("earlier", "before", "at the latest"):
                self._between(None, clock)
            else:
                self._between(clock, None)

    def _parts_of_day(self) -> None:
        while match := self._sentence.cut(
            rf"\b(?P<no>not (?:in )?(?:the )?|no |anything but |anytime but |except )?"
            rf"(?:(?:in|during) )?(?:the )?(?P<size>early|earlier|late|later|mid|first thing)?[ -]?(?:in )?(?:the )?"
            rf"(?:(?P<part>{PART})s?|(?P<day>day|school hours|school day)|(?P<lunch>lunch ?(?:time|hour|break)?))(?![\w'])"
            rf"|\b(?P<first>first thing)\b|\b(?P<close>end of (?:the )?(?:day|business))\b"
        ):
            if match["first"]:
                self._between(None, time(10, 30))
            elif match["close"]:
                self._between(time(15), None)
            elif match["lunch"]:
                self._sentence.wrong |= bool(match["no"] or match["size"])
                self._between(time(11, 30), time(13, 30))
            elif match["day"]:
                if match["size"] in ("late", "later"):
                    self._between(time(15), None)
                elif match["size"] in ("early", "earlier"):
                    self._between(None, time(11))
                elif match["day"] != "day" or match["no"]:
                    self._sentence.wrong = True
            else:
                self._part(match["part"], match["size"] or "", bool(match["no"]))

    def _part(self, part: str, size: str, no: bool) -> None:
        if no:
            self._not_in(part, size)
            return
        span = _SPANS.get((part, size))
        if span is None:
            self._sentence.wrong = True
        elif not self._has_hour_of(part):
            if self.earliest and not self.latest and span[0] and self.earliest >= span[0]:
                span = (None, span[1]) if span[1] and self.earliest < span[1] else (None, None)
            self._between(*span)

    def _not_in(self, part: str, size: str) -> None:
        if size or part == "afternoon":
            self._sentence.wrong |= bool(size)
            self._between(None, MORNING_ENDS)
        elif part == "morning":
            self._between(MORNING_ENDS, None)
        else:
            self._between(None, AFTERNOON_ENDS)

    def _has_hour_of(self, part: str) -> bool:
        """Whether an hour is named as well ("tuesday morning at 9", "3 in the afternoon"): it decides, the part says which half."""
        rest = self._sentence.rest
        half = re.search(r"(?<![\w/:$])(\d{1,2})(:\d\d)?(?![\w/:%])", rest)
        if half and int(half[1]) <= 12:
            suffix = "am" if part == "morning" else "pm"
            self._sentence.rest = f"{rest[: half.end()]}{suffix}{rest[half.end() :]}"
            return True
        return bool(re.search(r"(?<![\w/:$])\d{1,2}(?::\d\d)? ?[ap]m\b", rest))  # "7pm tonight"

    def _single_clocks(self) -> None:
        clocks: list[time] = []
        about = False
        pattern = (
            r"(?<![\w/:$#])(?:(?P<how>at like|at about|at around|around|about|roughly|approximately|at|@|~)? ?)"
            rf"(?P<clock>{CLOCK})"
        )
        while match := self._sentence.cut(pattern):
            clock = self._clock(match["clock"])
            if clock is None:
                self._sentence.wrong = True
                return
            how = match["how"] or ""
            about |= how not in ("", "at", "@") or "ish" in match[0]
            clocks.append(clock)
        if not clocks:
            return
        if self.earliest or self.latest:
            self._sentence.wrong = True  # "after 3, i get home at 2": better ask than guess
        elif about:
            self._sentence.wrong |= len(clocks) > 1
            start = datetime.combine(self._today, clocks[0])
            # a call within an hour of it, either side
            self._between((start - timedelta(minutes=60)).time(), (start + timedelta(minutes=90)).time())
        else:
            self.exact = tuple(dict.fromkeys(clocks))
            self._sentence.wrong |= len(self.exact) > 3

    def _between(self, start: time | None, end: time | None) -> None:
        if start is not None:
            self.earliest = start if self.earliest is None else max(self.earliest, start)
        if end is not None:
            self.latest = end if self.latest is None else min(self.latest, end)

    def _clock(self, written: str) -> time | None:
        """Return a clock time; without am or pm the one within the office's hours."""
        written = written.removesuffix("ish")
        if written == "noon":
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
        fitting = [one for one in (early, late) if self._office.holds(one)]
        if len(fitting) == 1:
            return fitting[0]
        return early if 8 <= hour <= 11 else late
