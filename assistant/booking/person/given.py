"""Everything that one message of a booking may give at once: "Dana, dana@example.org, tuesday at 3"."""

import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from assistant.booking.person.contact import Contact, Found, read_contact, without_labels
from assistant.booking.person.names import SENTENCE_END, called_name, lone_first_name, name_from
from assistant.booking.times.spanish_times import in_english
from assistant.booking.times.taken_back import without_taken_back
from assistant.booking.times.told import Told, Understands, time_told
from assistant.booking.zones import zone_told

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
_INTRODUCED = re.compile(
    r"(?:^|[,.;!?]\s*|\b[Aa]nd\s+)(?:[Ii]'?m|[Ii] am|[Tt]his is)\s+(?P<name>[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+){0,2})\s*(?=$|[,.;!?])"
)
_LEADS_IN = re.compile(
    r"\b(?:it'?s|this is|i'?m|name(?:'?s| is)?|thx|thanks)\s+(?P<name>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)\s*,",
    re.IGNORECASE,
)
_CALL_FOR = re.compile(r"\b(?:her|his|their) (?:first )?name(?:'s| is)\b", re.IGNORECASE)
_HERS = re.compile(r"\b(?:her|his|their) (?=(?:phone|cell|number|mobile|e-?mail)\b)", re.IGNORECASE)
_MOST_SIGNED = 3
_GREETS = re.compile(
    r"^(?:(?:hi|hello|hey|hola)[,!. ]*)?(?:good (?:morning|afternoon|evening|night)|buen(?:os d[ií]as|as tardes|as noches|as|a tarde| d[ií]a))\b[,.! ]*",
    re.IGNORECASE,
)  # no time of the call
# "for an hour", "15 minutes is enough"; not "in 30 minutes", "an hour later"
_LENGTH = re.compile(
    r"(?<!\bin )(?<!\bwithin )\b(?:(?:for|about|only|just|at least|maybe|like|need|want|take) )*(?:(?P<number>\d{1,3}) ?-?(?P<unit>min(?:ute)?s?|hours?|hrs?)"
    r"|(?P<half>half an hour|a half hour)|(?P<hour>an hour|one hour|a full hour))\b(?: (?:long|call|chat|talk|is (?:enough|fine|plenty)|would be (?:enough|fine|plenty)|max|tops))*"
    r"(?! ?(?:of )?(?:notice|ago|later|earlier|before|after|from|early|late|drive|away|evaluation|a (?:day|week)))",
    re.IGNORECASE,
)
# what the call shall be about: "about 3" is a time
_NOTE = re.compile(
    r"\b(?:(?:it'?s|it is|this is|talk(?: to someone)?|speak|discuss|help|question|questions) )?(?:about|regarding|concerning|because|on how to) (?=(?:of )?(?!noon|midday|now|that\b|it\b|this\b)[a-z'’]+ ?)(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b).+"
    r"|\b(?:topic|subject|re|reason)\s*[:=]\s*.+|\b(?:it'?s|it is|this is) for my (?:son|daughter|kid|child|grand\w+|niece|nephew)\b.+"
    r"|\b(?:with|needs?|wants?) (?:an? )?(?:\w+ )?(?:interpreter|translator)\b.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Given:
    """What a message gives.

    Attributes:
        wish: Its words about time, as the grammar of times reads them.
        minutes: How long the call should be.
        note: What it says the call is about.
        unread: Whether it says more of a time than was understood.
        zone: The zone that it tells outside its wish ("im in arizona").
    """

    found: Found
    wish: str | None = None
    minutes: int | None = None
    note: str | None = None
    unread: bool = False
    zone: ZoneInfo | None = None

    @property
    def contact(self) -> Contact:
        """Name, e-mail and phone, as far as they were given."""
        return self.found.contact


def read_given(text: str, understands: Understands, *, asked_name: bool) -> Given:
    """Read name, addresses and a time out of a message.

    Args:
        text: What the parent typed.
        understands: The grammar of times, on the parent's clock.
        asked_name: Whether what is left may be taken for a name. Otherwise a name counts only where
            the message calls it one, or puts it beside an address.
    """
    minutes, text = _length(_GREETS.sub("", without_taken_back(text)))
    text, zone = _for_another(text), zone_told(text) or zone_told(in_english(text))
    found = read_contact(text, asked_name=False, phone_too=False)
    if (wish := _whole(found.rest, understands)) is not None:
        return Given(found, wish, minutes, zone=zone)
    found = read_contact(text, asked_name=False)
    note, rest = _note_and_rest(found.rest)
    wish = _whole(rest, understands)
    told = Told(wish, "") if wish else time_told(rest, understands)
    name = called_name(found.rest) or _introduced(found.rest)
    addressed = found.contact.email or found.contact.phone or found.bad_email or found.bad_phone
    if name is None and (asked_name or addressed):
        name = found.beside or _led_in(found.rest) or _signed(found.rest) or _left_over(told.rest)
    if name is None and asked_name:
        name = lone_first_name(text)
    contact = Contact(name, found.contact.email, found.contact.phone)
    return Given(replace(found, contact=contact, rest=told.rest), told.wish, minutes, note, told.unread, zone)


def _for_another(text: str) -> str:
    """Return the text with "her number" as the caller's own, where the call is for her: "her name is Elena, her number is …"."""
    return _HERS.sub("my ", text) if _CALL_FOR.search(text) else text


def _led_in(text: str) -> str | None:
    """Return the name right before an address, whose place is a comma: "… at 9, its kayla 316 555 0128"."""
    said = _LEADS_IN.search(text)
    return name_from(said["name"]) if said else None


def _signed(text: str) -> str | None:
    """Return the name with which a message ends: "… its about my son. jen"."""
    last = SENTENCE_END.split(re.split(r"[,;!?\n]+\s*|\s-\s?", text.rstrip(" .!,-"))[-1])[-1]
    return name_from(last) if len(last.split()) <= _MOST_SIGNED else None


def _left_over(rest: str) -> str | None:
    asked_for = _BOOKING_WORDS.sub(lambda words: "," if " " in words[0].strip() else words[0], rest)
    return name_from(without_labels(asked_for))


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


def _whole(text: str, understands: Understands) -> str | None:
    """Return the time that a text consists of, the words around it apart."""
    tries = [text.strip(" ,;.!?"), _BOOKING_WORDS.sub(" ", text).strip(" ,;.!?")]
    return next((one for one in tries if one and understands(one)), None)
