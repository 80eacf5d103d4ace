"""How a sentence about time is made plain before it is read."""

import re

from assistant.booking.times.wordlist import words_in

_SHORT_DAY = "mon|tues?|weds?|thur?s?|fri|sat|sun"
_TYPOS = (
    (r"[\u2019\u2018`\u00b4\u02bc]", "'"),
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"\b(?:how|what) about\b", " "),  # no "about three"
    # the end of "not mon/tues. wed is ok" is no dot of a shortening
    (
        rf"\b((?:not|can't|cannot|no)\b[^.]*\b(?:{_SHORT_DAY}))\.(?= (?:{_SHORT_DAY})[^.]*\b(?:ok|okay|works?|fine|good|great|free)\b)",
        r"\1 ;",
    ),
    (r"\b(?:to?mm?or+ow|tmrw?|tmw|tomorow|2morrow)\b", "tomorrow"),
    (r"\b(?:tues?|tuseday|teusday|tuesady)\b\.?", "tuesday"),
    (r"\b(?:mon|monda)\b\.?", "monday"),
    (r"\b(?:weds?|wensday|wednsday|wendsday|wedensday|wednesay)\b\.?", "wednesday"),
    (r"\b(?:thur?s?|thrusday|thursdya|thurday)\b\.?", "thursday"),
    (r"\bfri\b\.?", "friday"),
    (r"\b(?:saterday)\b|\bsat\b\.?", "saturday"),
    (r"\bsun\b\.?", "sunday"),
    (r"\b(?:nxt|nex)\b", "next"),
    (r"\bwk\b", "week"),
    (r"\b(?:afternon|aftrnoon|afternoons|arvo)\b", "afternoon"),
    (r"\bmornings?\b|\bmornin\b", "morning"),
    (r"\bevenings?\b", "evening"),
    (r"\b(?:any ?time|whenever|(?:every|each) day)\b", "anytime"),
    (r"(?<=\d)\s*([ap])\.?\s?m(?![a-hj-z])\.?", r"\1m "),
    (r"(?<=\d)([ap])\b(?!')|(?<=\d) (p)\b(?!')|(?<=:\d\d) (a)\b(?!')", r"\1\2\3m"),
    (r"(?<=[\dmn]) ?-? ?ish\b", "ish"),
    (r"\b(?:right|just|shortly) after\b", "after"),
    (r"\s*o'? ?clock\b", ""),
    (r"\b(\d{1,2})[.h](\d{2})(?!\d)(?=\s*(?:[ap]m|$|[^\d.\w]))", r"\1:\2"),
    # the clock of the army, at the quarters of an hour; 2030 is a year
    (r"(?<![\w/:.-])(?!20[23]\d)([01]\d|2[0-3])(00|15|30|45)(?: ?(?:hours|hrs|h))?(?![\w/:.-])", r"\1:\2"),
    (r"\b(?:btwn?|b/w|betw|in between)(?= ?(?:\d|noon|the \d|mon|tues|wed|thu|fri))", "between"),
    (r"\b(?:midday|12 noon)\b", "noon"),
    # "until midnight" bounds no day: it stays unread
    (
        r"(?<!before )(?<!until )(?<!by )(?<!to )(?<!and )(?<!after )(?<!-)\b(?:12 |twelve )?midnight\b|\b(?:12|twelve) (?:at|in the) night\b",
        "12am",
    ),
    # "after 330"; a number that counts something is none
    (
        r"\b(after|before|until|by|past|around|at|from) ([1-9]|1[0-2])(00|15|30|45)\b(?![\w:/.-]| (?:days?|min\w*|hours?|dollars|kids|students))",
        r"\1 \2:\3",
    ),
    (r"\bm ?[/,-]? ?w ?[/,-]? ?f\b", "monday or wednesday or friday"),
    (r"\b(?:tu?|tue|tuesday)(?: ?[/&,] ?)?(?:th|thr|thu|thursday)\b(?=$|[ ,.])", "tuesday or thursday"),
    (r"\bm ?- ?f\b", "monday to friday"),
    (
        r"\b(?:i'?m|i am|we'?re|we are|i have|have|i've got) off (?:on )?(?=(?:every )?(?:mon|tue|wed|thu|fri|sat|sun))",
        " ",
    ),
    (r"\b(?:excluding|other than|besides|apart from|aside from)\b", "except"),
    # so that "3 pm or after tuesday" is no time after that day
    (r"(?<=[\dm]) (?:or|and) after\b(?! ?\d| noon)|(?<=noon) (?:or|and) after\b(?! ?\d| noon)", " or later"),
    (
        r"(?<=[\dm]) (?:or|and) before\b(?! ?\d| noon)|(?<=noon) (?:or|and) before\b(?! ?\d| noon)",
        " or earlier",
    ),
    (r"\b(?:till|til+|'til+)\b", "until"),
    (r"\bb4\b", "before"),
    (r"\bthru\b", "through"),
    (r"\b(?:every )?(mon|tues|wednes|thurs|fri|satur|sun)day'?s\b", r"every \1day"),
    (r"\bthis (?=(?:morning|afternoon|evening)\b)", "today "),
    (r"\btonight\b", "today evening"),
    (r"\blater today\b", "today"),
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        words_in("one two three four five six seven eight nine ten eleven twelve"), 1
    )
}
_ORDINALS = {
    word: f"{number}th"
    for number, word in enumerate(
        words_in(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
            " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}


# "the tuesday one" is no one o'clock
_LOOSE_ONE = re.compile(
    "".join(
        rf"(?<!\b{word} )"
        for word in words_in("at after before around about by until from between and to or past than")
    )
    + r"(?<!-)(?<!^)\bone\b(?! ?(?:[ap]m|thirty|fifteen|forty|week|day|\d))"
)


def plain_wording(text: str) -> str:
    """Return the sentence with typos, shortenings and spelled-out numbers made uniform.

    A piece that picks one of several buttons becomes ``CHOICE``, which no grammar reads.
    """
    plain = " ".join(text.lower().split())
    plain = re.sub(
        r"^(?:no|nope|sorry|oops|wait|actually|i mean(?:t)?)(?:,|\.|!| -)(?: (?:sorry|i meant?))?,? ",
        "",
        plain,
    )
    # "yes but wednesday" wants the Wednesday
    plain = re.sub(r"^(?:yes|yeah|yep|ok|okay|sure|good|fine),? but (?!not)", "", plain)
    # before the dots of "eight a.m." are read
    plain = re.sub(rf"\b({'|'.join(_NUMBERS)})(?= ?[ap]\.? ?m\b)", lambda m: _NUMBERS[m[1]], plain)
    for wrong, right in _TYPOS:
        plain = " ".join(re.sub(wrong, right, plain).split())
    plain = re.sub(r"\bthe (first|second|third) (?:one|option|slot|time)\b", "CHOICE", plain)
    plain = re.sub(r"\b(?:that|this|which|any) one\b", "CHOICE", plain)
    plain = re.sub(r"\bone of\b", "CHOICE", plain)
    plain = re.sub(r"\b(?:option|number|choice|slot|opening|#) ?\d+\b(?!:)", "CHOICE", plain)
    plain = re.sub(r"^(?:the )?(?:first|second|third|last)[.!]?$", "CHOICE", plain)
    plain = _LOOSE_ONE.sub("", plain)
    plain = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: _NUMBERS[m[1]], plain)
    plain = re.sub(rf"\bthe ({'|'.join(_ORDINALS)})\b", lambda m: f"the {_ORDINALS[m[1]]}", plain)
    plain = re.sub(
        rf"(?<=[a-z] )({'|'.join(_ORDINALS)})(?=$| at| after| before|,)", lambda m: _ORDINALS[m[1]], plain
    )
    plain = re.sub(r"\b(\d{1,2}) (thirty|fifteen|forty[ -]five)\b", _spelled_minutes, plain)
    plain = re.sub(r"\bhalf (?:past )?(\d{1,2})\b", r"\1:30", plain)
    plain = re.sub(r"\bquarter (?:past|after) (\d{1,2})\b", r"\1:15", plain)
    plain = re.sub(
        r"\b(?:a )?quarter (?:to|till|of|before) (\d{1,2})\b",
        lambda m: f"{(int(m[1]) - 2) % 12 + 1}:45",
        plain,
    )
    plain = re.sub(r"\b([1-9]|1[0-2])(00|15|30|45)(?= ?[ap]m\b)", r"\1:\2", plain)
    return _days_first(" ".join(plain.split()))


_HOURS_ON_A_DAY = re.compile(
    r"(?:(?!.*\b(?:not|no|can't|cannot)\b)[a-z' ]+? )??(?P<hours>(?:between |after |before |from |at )?\d[^,;]*?) on (?P<day>(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)


def _days_first(plain: str) -> str:
    """Return "3 to 5 on wednesday or after 3 on thursday" with each day before its hours, which belong to it alone."""
    parts = re.split(r",? or (?!later|earlier|after\b(?! ?\d)|before\b(?! ?\d))", plain)
    found = [_HOURS_ON_A_DAY.fullmatch(part) for part in parts]
    if len(found) < 2 or None in found:
        return plain
    return " or ".join(f"{one['day']} {one['hours']}" for one in found if one)


def _spelled_minutes(match: re.Match[str]) -> str:
    minutes = {"thirty": "30", "fifteen": "15"}.get(match[2], "45")
    return f"{match[1]}:{minutes}"
