"""Everything that one message of a booking may give at once: "Dana, dana@example.org, tuesday at 3"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.booking.contact import Contact, Found, read_contact, without_labels
from assistant.booking.names import called_name, name_from

_VERB = (
    r"(?:book|schedule|reserve|set up|sign up|put|get|make|do|move|reschedule|change|switch|push|shift|bring)"
)
_OBJECT = (
    r"(?:me|us|it|that|this|my|our|the|a|an|free|phone|call|appointment|appt|consult|consultation|slot|time"
    r"|session|meeting|down|in|up|back|again|with|advocate|someone|please)"
)
# "book me in for", "move my call to": what follows is the time
_BOOKING_WORDS = re.compile(
    rf"\b(?:(?:can|could|may|would) (?:i|we|you) (?:please )?|(?:i|we)(?:'d| would)? (?:like|want|need) to |please )?"
    rf"{_VERB}(?: {_OBJECT})*(?: (?:for|to|on|at))?(?=\s|$)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[,;\n]|[.!?]+(?=\s|$)|\s-\s|\band\b)\s*", re.IGNORECASE)
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
    name = called_name(rest)
    if name is None and (asked_name or found.contact.email or found.contact.phone):
        asked_for = _BOOKING_WORDS.sub(lambda words: "," if " " in words[0].strip() else words[0], rest)
        name = name_from(without_labels(asked_for)) or found.beside
    contact = Contact(name, found.contact.email, found.contact.phone)
    return Given(replace(found, contact=contact, rest=rest), wish, minutes, note)


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
    if (wish := _plain(text, understands)) is not None:
        return wish, ""
    pieces = [piece for piece in _SEPARATORS.split(text) if piece.strip()][:_MOST_PIECES]
    for run, others in _runs(pieces):
        if any(_TIMELY.search(piece) for piece in others):
            continue
        if (wish := _plain(", ".join(run), understands)) is not None:
            return wish, ", ".join(others)
    return None, text


def _runs(pieces: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield neighboring pieces and what is left besides, the longest first."""
    for length in range(len(pieces) - 1, 0, -1):
        for start in range(len(pieces) - length + 1):
            end = start + length
            yield pieces[start:end], pieces[:start] + pieces[end:]
