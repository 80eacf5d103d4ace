"""Everything that one message of a booking may give at once: "Dana, dana@example.org, tuesday at 3"."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.booking.person.contact import Contact, Found, read_contact, without_labels
from assistant.booking.person.names import called_name, name_from

_VERB = r"(?:book|schedule|reserve|set up|sign up|put|get|have|make|do|try|move|reschedule|change|switch|push|shift|bring)"
_OBJECT = (
    r"(?:me|us|it|that(?! day)|this(?! (?:week|month|coming|morning|afternoon|evening|mon|tue|wed|thu|fri|sat|sun))|my|our|the|a|an|free|phone|call|appointment|appt|consult|consultation|slot|time"
    r"|session|meeting|down|in|up|back|again|with|w/|advocate|someone|please|pls|first|30|minute|min)"
)
# "book me in for", "move my call to": what follows is the time
_BOOKING_WORDS = re.compile(
    rf"\b(?:(?:(?:can|could|may|would) (?:i|we|you) (?:please )?|(?:(?:i|we)(?:'d| would)? )?(?:really )?(?:like|want|need) to |please |let'?s )?{_VERB}"
    rf"|(?:(?:i|we)(?:'d| would)? )?(?:really )?(?:like|want|need)(?= {_OBJECT}\b))(?: {_OBJECT})*(?: (?:for|to|on|at))?(?=\s|$|:)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[,;\n]|[.!?]+(?=\s|$)|:(?=\s)|(?<=\s)[-/|](?=\s)|\band\b)\s*", re.IGNORECASE)
# "i work nights so …": why the time is what it is
_EXPLAINS = re.compile(
    r"\b(?:i|we|i'm|we're) [^.;!?]*?\bso\b(?! (?:tired|much|many|far|long))", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"(?:^|[,.;!?]\s*|\b[Aa]nd\s+)(?:[Ii]'?m|[Ii] am|[Tt]his is)\s+(?P<name>[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+){0,2})\s*(?=$|[,.;!?])"
)
# "for an hour", "15 minutes is enough"; not "in 30 minutes", "an hour later"
_LENGTH = re.compile(
    r"(?<!\bin )(?<!\bwithin )\b(?:(?:for|about|only|just|at least|maybe|like|need|want|take) )*(?:(?P<number>\d{1,3}) ?-?(?P<unit>min(?:ute)?s?|hours?|hrs?)"
    r"|(?P<half>half an hour|a half hour)|(?P<hour>an hour|one hour|a full hour))\b(?: (?:long|call|chat|talk|is (?:enough|fine|plenty)|would be (?:enough|fine|plenty)|max|tops))*"
    r"(?! ?(?:of )?(?:notice|ago|later|earlier|before|after|from|early|late|drive|away|evaluation|a (?:day|week)))",
    re.IGNORECASE,
)
# what the call shall be about: "about 3" is a time
_NOTE = re.compile(
    r"\b(?:(?:it'?s|it is|this is|talk(?: to someone)?|speak|discuss|help|question|questions) )?(?:about|regarding|concerning|because|on how to) (?=(?:of )?(?!noon|midday|now|that\b|it\b|this\b)[a-z'’]+ ?)(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b).+",
    re.IGNORECASE | re.DOTALL,
)
# what must not be left beside a time that was understood: half a sentence about time is a wrong time
_TIMELY = re.compile(
    r"\d|\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?|today|tomorrow|tmrw|tonight|noon|morning|afternoon|evening"
    r"|night|week|weekends?|month|before|after|until|till|between|or|not|except|unless)\b",
    re.IGNORECASE,
)
_MOST_PIECES = 8

Understands = Callable[[str], bool]
"""Tells whether words are a time, fully understood."""


@dataclass(frozen=True)
class Given:
    """What a message gives.

    Attributes:
        wish: Its words about time, as the grammar of times reads them.
        minutes: How long the call should be.
        note: What it says the call is about.
    """

    found: Found
    wish: str | None = None
    minutes: int | None = None
    note: str | None = None

    @property
    def contact(self) -> Contact:
        return self.found.contact


def read_given(text: str, understands: Understands, *, asked_name: bool) -> Given:
    """Read name, addresses and a time out of a message.

    Args:
        text: What the parent typed.
        understands: The grammar of times, on the parent's clock.
        asked_name: Whether what is left may be taken for a name. Otherwise a name counts only where
            the message calls it one, or puts it beside an address.
    """
    minutes, text = _length(text)
    found = read_contact(text, asked_name=False, phone_too=False)
    wish = _plain(found.rest, understands)
    if wish is not None:
        return Given(found, wish, minutes)
    found = read_contact(text, asked_name=False)
    note, rest = _note_and_rest(found.rest)
    wish, rest = _time_and_rest(rest, understands)
    name = called_name(rest) or _introduced(rest)
    if name is None and (asked_name or found.contact.email or found.contact.phone):
        asked_for = _BOOKING_WORDS.sub(lambda words: "," if " " in words[0].strip() else words[0], rest)
        name = name_from(without_labels(asked_for)) or found.beside
    contact = Contact(name, found.contact.email, found.contact.phone)
    return Given(replace(found, contact=contact, rest=rest), wish, minutes, note)


def _introduced(text: str) -> str | None:
    """Return the name of "…, im Carla": written with a capital, for "im desperate" is none."""
    said = _INTRODUCED.search(text)
    return name_from(said["name"]) if said else None


def _length(text: str) -> tuple[int | None, str]:
    """Return how many minutes a message asks for, and the message without that."""
    said = _LENGTH.search(text)
    if said is None:
        return None, text
    number = 30 if said["half"] else 60
    if said["number"]:
        number = int(said["number"]) * (1 if said["unit"].lower().startswith("m") else 60)
    return number, f"{text[: said.start()]} {text[said.end() :]}"


def _note_and_rest(text: str) -> tuple[str | None, str]:
    """Return what the call is about, to the end of its part of the sentence, and the rest of the message."""
    pieces = [piece for piece in re.split(r"(?:[,;\n]|[.!?]+(?=\s|$))\s*", text) if piece.strip()]
    for place, piece in enumerate(pieces):
        if said := _NOTE.search(piece):
            before = piece[: said.start()].strip()
            return said[0].strip(), ", ".join(
                [*pieces[:place], *filter(None, [before]), *pieces[place + 1 :]]
            )
    return None, text


def _plain(text: str, understands: Understands) -> str | None:
    """Return the time that a text consists of, the words around it apart."""
    tries = [text.strip(" ,;.!?"), _BOOKING_WORDS.sub(" ", text).strip(" ,;.!?")]
    return next((one for one in tries if one and understands(one)), None)


def _time_and_rest(text: str, understands: Understands) -> tuple[str | None, str]:
    """Return the words about time, and the rest; None where half of a sentence about time would be left over."""
    text = _EXPLAINS.sub(" ", text)
    if (wish := _plain(text, understands)) is not None:
        return wish, ""
    pieces = [piece for piece in _pieces(text) if text[piece[0] : piece[1]].strip()][:_MOST_PIECES]
    for first, last in _runs(len(pieces)):
        others = [text[start:end] for start, end in (*pieces[:first], *pieces[last + 1 :])]
        if any(_TIMELY.search(piece) for piece in others):
            continue
        # as it was written: "between 10am and noon" is no "10am, noon"
        if (wish := _plain(text[pieces[first][0] : pieces[last][1]], understands)) is not None:
            return wish, ", ".join(others)
    return None, text


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return where the pieces of a message begin and end."""
    cuts = [(0, 0), *(match.span() for match in _SEPARATORS.finditer(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in itertools.pairwise(cuts)]


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last of neighboring pieces, the longest runs first."""
    for length in range(count, 0, -1):
        for start in range(count - length + 1):
            yield start, start + length - 1
