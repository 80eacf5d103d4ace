"""A sentence about time while it is taken apart: what is understood is cut out, and what is left tells whether all was."""

import re

from assistant.booking.times.wordlist import words_in

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
ONE_DAY = (
    r"(?:the day after tomorrow|day after tomorrow|tomorrow|today|thanksgiving|christmas|new year'?s?(?: day)?"
    rf"|(?:(?:a|\d{{1,2}}) )?weeks? from (?:{WEEKDAY}|tomorrow|today|now)|{WEEKDAY} week(?! of)"
    rf"|(?:{WEEKDAY},? )?(?:the )?{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:|\s?[ap]m)(?:,? 20\d\d)?"
    rf"|(?:{WEEKDAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? 20\d\d)?"
    r"|20\d\d-\d\d?-\d\d?"
    rf"|(?:{WEEKDAY},? )?\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?"
    rf"|(?:{WEEKDAY},? (?:on )?)?(?:the )?{_NTH}"
    rf"|(?:this |next |this coming |coming |the following |following )?{WEEKDAY})"
)
JOINED = r"(?:,? ?(?:or|and|&)(?: on)? |, ?| ?/ ?| (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
CLOCK = r"(?:\d{1,2}(?::\d{2})?\s?(?:[ap]m)?|noon|midnight)(?:ish)?(?!\w|/|:|%)"
PART = r"(?:morning|afternoon|evening|night)"
AFTER = (
    r"(?:not (?:before|earlier than|until)|no (?:earlier|sooner) than|(?:anytime |sometime |any )?after|past"
    r"|later than|starting(?: at| from)?|(?:anytime )?from|since|as of|beginning)"
)
BEFORE = r"(?:not (?:after|later than|past)|no later than|(?:anytime |sometime )?before|until|by|up to|earlier than)"
MONTH_NUMBER = {
    name: number for number, name in enumerate(words_in("jan feb mar apr may jun jul aug sep oct nov dec"), 1)
}


class Sentence:
    """What is left of a sentence.

    Attributes:
        rest: The words that nobody has understood yet.
        after: What followed the piece that was cut out last.
        read_any: Whether anything was understood.
        wrong: Whether something in it can't be meant, or may mean two things.
    """

    def __init__(self, text: str) -> None:
        self.rest = text
        self.after = ""
        self.read_any = False
        self.wrong = False

    def cut(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match out of the sentence and return it."""
        match = re.search(pattern, self.rest)
        if match:
            self.after = self.rest[match.end() :]
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
            self.read_any = True
        return match

    def goes_on_with(self, pattern: str) -> bool:
        """Tell whether the piece that was cut out last was followed by this."""
        return bool(re.match(pattern, self.after))
