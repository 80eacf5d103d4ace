"""The form that books a call reads every message: name, address, time and a yes, in any order in which a parent gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from unicodedata import category

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.book import prove as proof
from actions.book.offer import (
    contact_of,
    picked,
    says_yes,
    wish_of,
    zone_of,
)
from actions.book.ways import way_chosen
from actions.form_base import (
    LEAVES,
    SAY,
    VALUES,
    RepairingForm,
    about_the_call,
    asks_something,
    is_sure,
    say,
)
from actions.speaking import speak
from assistant.booking import (
    CalendarUnreachable,
    Contact,
    DatabaseUnreachable,
    Found,
    Given,
    Refused,
    Taken,
    Why,
    address_words,
    called_name,
    corrects,
    mended,
    name_from,
    opening_named,
    read_contact,
    read_given,
    says_name,
    spoken,
    zone_named,
)
from assistant.booking.desk.shared import ASKER, consultation, give_back, shared_desk
from assistant.booking.times.words import understand
from assistant.clock import now
from assistant.talk.form_words import about_call, corrected_step, is_question, tells_reason, wants_more
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Turn

MOST_REASON = 300
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:that|this|yet|right)|wrong|don'?t|different|another|other)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:but|instead|except|unless|wait|later|earlier|different|another|change|only if)\b", re.IGNORECASE
)
_CANCEL = re.compile(r"\b(?:cancel|delete|drop|call off)\b", re.IGNORECASE)
_NO_EMAIL = re.compile(r"\b(?:no|don'?t have|do not have|without) (?:an? |any )?e-?mail\b", re.IGNORECASE)
_ABOUT = re.compile(r"\babout\b.+", re.IGNORECASE | re.DOTALL)
_SOONER = re.compile(
    r"^(?:how about |what about |anything |something |got anything |any |can (?:we|you|i) (?:do|go) |no[, ]+)?(?:earlier|sooner)[ ?.!]*$",
    re.IGNORECASE,
)
_SURELY_TALK = 0.9
"""From this confidence on, a bare or introduced name at the name's step is small talk and no name."""
_INTRODUCES = re.compile(
    r"^(?:ok|okay|yes|yeah|sure|hi|hello)?[, ]*(?:it'?s|i'?m|i am|this is|my name(?:'s| is))\b", re.IGNORECASE
)
"""How a parent says a name in more than two words: "Ok its Jo"."""
_NAME_FIRST = re.compile(r"^[^,.;:\n]{1,40}[,.;:\n]\s*")
"""How a message begins that gives the name and goes on ("Dana, it's about my son")."""
_NAME_WORDS = 3
MOST_WISHES = 6
_INSTEAD = re.compile(
    r"\b(?:instead|rather|not (?:my |the )?e-?mail|change|wrong|prefer|only)\b", re.IGNORECASE
)
_YES_AND_THANKS = re.compile(
    r"^(?:(?:oh|ok(?:ay)?|awesome|wonderful|amazing|thanks?(?: you)?(?: so much| very much| a lot)?|great|perfect)\b[,.! ]*)*"
    r"(?:yes|yep|yeah|yup|sure|si|sí|ok(?:ay)?|perfect|great|please|(?:it |that |all )?(?:sounds|looks|is) (?:good|right|great|correct|fine|perfect)|that works|works|correct|right|book it|go ahead|do it)\b"
    r"(?:[,.! ]+(?:and|yes|please|pls|book it|do it|go ahead|that works|works|for me|that'?s|is|it'?s|sounds|looks|all|right|correct|good|great|fine|perfect|wonderful|awesome|amazing"
    r"|ma'?am|sir|thank|thanks|thx|ty|tysm|you|u|so|very|much|a|lot|again|for|your|ur|help|this|everything|i|we|really|appreciate|it|gracias|muchas|por|favor|bless|ur|best|the|are|see|talk|speak|to|soon|then|till|until|forward|look|looking|bye|later))*[.! ]*$",
    re.IGNORECASE,
)
"""A yes with nothing but thanks or a goodbye beside it."""
_PUTS_DOWN = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u) |please |pls |and |also )*(?:put(?: down| in)?|note|write(?: down)?|add|mention|tell (?:them|her|him|the advocate))(?: down| in)?"
    r"(?: that|:)? (?P<note>(?:it'?s|it is|this is|i|we|my|our|he|she|they|about|there)\b.+)",
    re.IGNORECASE,
)
"""How a parent has something noted for the call: "can you put down that its about dyslexia"."""
_ASKED = re.compile(r"(?:^|(?<=[.!?;\n])\s*)[^.!?;\n]+\?")
_QUESTION_WORDS = 4
_THREE_DIGITS = re.compile(r"\d{3}")


class ValidateBookingForm(RepairingForm):
    """Take what a message gives, whichever step was asked; what it takes back is asked again."""

    form = "booking_form"
    steps = ("contact_name", "contact_address", "opening", "booking_confirmed")

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        slots: dict[str, Any] = {
            "booking_confirmed": None,
            "times_asked": 0,
            "after_crisis": False,
            "paused_form": None,
        }
        if tracker.get_slot("asked_step") == "taken":
            return slots
        given = await self._given(turn, tracker, asked_name=False)
        filled = {} if turn.chosen else _contact_slots(given)
        if given.wish:
            filled |= await _wish_slots(given.wish, tracker)
        if given.note:
            filled["reason"] = given.note[:MOST_REASON]
        if given.zone and not filled.get("zone"):
            filled["zone"] = given.zone.key
        _say_length(given, dispatcher)
        speak(dispatcher, _asked_of_the_call(turn))
        if not turn.chosen:
            _say_unread(given, dispatcher)
        known = tracker.get_slot("contact_name") and tracker.get_slot("contact_address")
        slots["asked_step"] = "resumed" if known and not filled else None
        return slots | filled

    @property
    def yields_to(self) -> frozenset[str]:
        return frozenset({"change_booking"})

    async def left(self, tracker: Tracker) -> None:
        await give_back(tracker.sender_id)

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        if proof.is_asked(tracker) and (filled := await proof.read(turn, tracker, dispatcher, self._hold)):
            return filled
        if turn.chosen:
            return await self._read_choice(step, turn, tracker)
        given = await self._given(turn, tracker, asked_name=step == "contact_name" and not _is_talk(turn))
        filled = await self._values(step, turn, tracker, given, dispatcher)
        if filled and given.note and step != "booking_confirmed":
            filled["reason"] = given.note[:MOST_REASON]
        if filled or step == "opening":
            _say_length(given, dispatcher)
        if step == "booking_confirmed" and filled:
            filled.setdefault("booking_confirmed", None)  # a yes is a yes to what was said back
        if filled:
            return filled
        complains = turn.intent == "feedback_negative"  # "wrong email" is about the email
        if (wrong := corrected_step(turn.text)) and (complains or not asks_something(turn)):
            if wrong == step == "opening":
                return {"later_than": _last(tracker), "opening": None}
            return await self._take_back(wrong, tracker)
        if step == "booking_confirmed":
            filled = await self._read_confirmation(turn, tracker)
        if not filled and turn.intent in ("change_booking", "book_consultation"):
            return await self._about_booking(step, turn, tracker, dispatcher)
        return filled

    async def _given(self, turn: Turn, tracker: Tracker, *, asked_name: bool) -> Given:
        desk, zone = await shared_desk(), zone_of(tracker)
        text = "" if turn.chosen else turn.text
        given = read_given(
            text, lambda words: desk.understand(words, zone) is not None, asked_name=asked_name
        )
        return _own(given, text, contact_of(tracker), asked_name=asked_name)

    async def read_beside(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        given = await self._given(turn, tracker, asked_name=step == "contact_name")
        return await self._values(step, turn, tracker, given, dispatcher)

    async def _values(
        self, step: str, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return the slots that a message's name, addresses and time fill."""
        filled = self._read_contact(step, turn, tracker, given, dispatcher)
        if step in ("opening", "booking_confirmed"):
            return filled | await self._read_time(step, turn, tracker, given)
        if given.wish is None or len(given.wish.split()) < 2:
            return filled  # a bare "5" is no time where a name was asked for
        wish = (await shared_desk()).understand(given.wish, zone_of(tracker))
        if step not in filled and wish:
            say(dispatcher, SAY["noted_wish"].format(wish=wish.words()))
        return filled | await _wish_slots(given.wish, tracker)

    def asks_beside(self, turn: Turn, filled: Mapping[str, Any]) -> bool:
        if turn.chosen or not turn.intent.startswith("ask_") or not is_sure(turn) or "reason" in filled:
            return False
        asked = [one for one in _ASKED.findall(turn.text) if len(one.split()) >= _QUESTION_WORDS]
        zone = consultation().advocates[0].zone
        # "how about friday at 1 instead?" asks for that time
        return any(
            not read_given(one, lambda words: bool(understand(words, now(), zone)), asked_name=False).wish
            for one in asked
        )

    async def _read_choice(self, step: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if zone := turn.values("zone"):
            return {"zone": zone[0], "opening": None}
        if address := turn.values("address"):
            return {"contact_address": address[0], "meant_address": None}
        if turn.values("opening"):
            return await self._hold(turn.values("opening")[0], tracker)
        if step == "opening" and (
            filled := way_chosen(turn, tracker.get_slot("offered") or [], zone_of(tracker), step)
        ):
            return filled
        if step == "booking_confirmed" and (answer := turn.values("confirm")):
            return {"booking_confirmed": True} if answer[0] == "yes" else await self._other_time(tracker)
        if turn.intent == "book_consultation":
            return {step: None}
        return {}

    def _read_contact(
        self, step: str, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        known, filled = contact_of(tracker), _contact_slots(given)
        if known.name and filled.get("contact_address") and not says_name(turn.text):
            filled.pop("contact_name", None)  # "use pat@example.org instead" names nobody anew
        if known.email and given.contact.phone and not given.contact.email and not _INSTEAD.search(turn.text):
            say(
                dispatcher,
                SAY["noted_phone"].format(address=address_words(Contact(phone=given.contact.phone))),
            )
            filled |= {"contact_address": known.email, "contact_phone": given.contact.phone}
        if (address := tracker.get_slot("contact_address")) and (right := mended(address, turn.text)):
            filled["contact_address"] = right
        told = read_contact(turn.text, asked_name=False)
        if (
            address
            and (told.others or told.contact.email or told.contact.phone)
            and not (given.contact.email or given.contact.phone)
        ):
            say(dispatcher, SAY["kept_address"].format(address=address_words(known)))
        if step == "contact_address" and not filled:
            filled = self._mend_address(turn, tracker, given, dispatcher)
        elif given.found.bad_email:
            say(dispatcher, SAY["bad_email"])
            filled["contact_address"] = None
        if given.found.meant_email and given.found.meant_email != tracker.get_slot("meant_address"):
            filled |= _ask_meant(given, dispatcher)
        elif address and filled.get("contact_address", address) != address:
            say(dispatcher, SAY["changed_address"].format(address=address_words(_with(tracker, filled))))
        if (name := tracker.get_slot("contact_name")) and filled.get("contact_name", name) != name:
            say(dispatcher, SAY["changed_name"].format(name=filled["contact_name"]))
        return filled

    def _mend_address(
        self, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take the answer to "did you mean …", or say what is wrong with what looks like an address."""
        if (meant := tracker.get_slot("meant_address")) and says_yes(turn):
            return {"contact_address": meant, "meant_address": None}
        if given.found.bad_email:
            say(dispatcher, SAY["bad_email"])
        elif _NO_EMAIL.search(turn.text):
            say(dispatcher, SAY["no_email"])
        elif not given.wish and _THREE_DIGITS.search(turn.text) and not asks_something(turn):
            say(dispatcher, SAY["bad_phone"])
        else:
            return {}
        return {"contact_address": None}

    async def _read_time(self, step: str, turn: Turn, tracker: Tracker, given: Given) -> dict[str, Any]:
        offered = tracker.get_slot("offered") or []
        if step == "opening" and (opening := picked(turn, offered)) is not None:
            return await self._hold(opening, tracker)
        if given.wish:
            if (opening := await self._one_of(offered, given.wish, tracker)) is not None:
                return await self._hold(opening, tracker)
            return await self._wished(given.wish, turn, tracker)
        if step == "opening" and _SOONER.search(turn.text):
            return {"wish": None, "later_than": None, "opening": None, "asked_step": None}
        if step == "opening" and wants_more(turn):
            return {"later_than": _last(tracker), "opening": None}
        if (zone := zone_named(turn.text)) is not None:
            return {"zone": zone.key, "opening": None}
        return {}

    async def _wished(self, wish: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        """Look for another time, unless the one that is held is just what was said ("yes, tuesday at 3")."""
        desk, zone = await shared_desk(), zone_of(tracker)
        constraint = desk.understand(wish, zone)
        held = opening_named(str(tracker.get_slot("held_opening") or ""), consultation().length)
        same = held and constraint and constraint.exact and constraint.admits(held, zone)
        if tracker.get_slot("opening") and same:
            return {"booking_confirmed": True if says_yes(turn) else None}
        asked = tracker.get_slot("asked_step")
        return await _wish_slots(wish, tracker) | {"asked_step": asked if asked == "zone" else None}

    async def _one_of(self, offered: list[str], wish: str, tracker: Tracker) -> str | None:
        """Return the one of the times shown that was said ("12:30"), if it is plain which."""
        zone = zone_of(tracker)
        said = (await shared_desk()).understand(wish, zone)
        if said is None or not said.exact:
            return None
        openings = [opening_named(one, consultation().length) for one in offered]
        meant = [one.id for one in openings if one is not None and said.admits(one, zone)]
        return meant[0] if len(meant) == 1 else None

    async def _hold(self, opening: str, tracker: Tracker) -> dict[str, Any]:
        try:
            held = await (await shared_desk()).hold(opening, tracker.sender_id, address=ASKER.get() or None)
        except (CalendarUnreachable, DatabaseUnreachable):
            return {"opening": None, "asked_step": "not_kept"}
        if isinstance(held, Refused) and held.why is Why.UNPROVEN:
            return await proof.begin(opening, tracker)
        if isinstance(held, Refused):
            return {"opening": None, "asked_step": "too_many_tries"}
        if isinstance(held, Taken):
            return await self._other_time(tracker) | {"asked_step": "taken"}
        when = spoken(held.opening.start, zone_of(tracker))
        return {
            "opening": held.id,
            "held_opening": held.opening.id,
            "held_for": when,
            "booking_confirmed": None,
        }

    async def _take_back(self, step: str, tracker: Tracker) -> dict[str, Any]:
        slots = {step: None, "booking_confirmed": None, "asked_step": None}
        return slots | (await self._other_time(tracker) if step == "opening" else {})

    async def _other_time(self, tracker: Tracker) -> dict[str, Any]:
        """Return the slots that let go of a time; days and hours that suit are kept, a certain minute is not."""
        wish = await wish_of(tracker)
        return {"opening": None} | ({"wish": None} if wish is None or wish.exact or wish.either else {})

    async def _read_confirmation(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if noted := _PUTS_DOWN.search(turn.text):
            agreed = bool(_YES_AND_THANKS.search(turn.text[: noted.start()].strip(" ,.!")))
            reason = {
                "reason": noted["note"].rstrip(" ?.")[:MOST_REASON],
                "booking_confirmed": agreed or None,
            }
            return reason if agreed else reason | {"asked_step": None}
        if tells_reason(turn.text) or read_contact(turn.text, asked_name=False).others:
            return {"reason": turn.text[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
        if _YES_AND_THANKS.search(turn.text) and not is_question(turn.text):
            return {"booking_confirmed": True}
        if asks_something(turn) or (turn.intent in LEAVES and is_sure(turn)):
            return {}
        if says_yes(turn) and _HEDGED.search(turn.text):  # "yes but can you make it 30 minutes later"
            return await self._take_back("opening", tracker) if corrected_step(turn.text) == "opening" else {}
        if turn.intent == "deny" or _NO.search(turn.text):
            return await self._take_back("opening", tracker)
        if says_yes(turn):
            about = _ABOUT.search(turn.text)
            return {"booking_confirmed": True} | ({"reason": about[0][:MOST_REASON]} if about else {})
        if len(turn.text.split()) > 1 and turn.intent not in (
            "ask_repeat",
            "change_booking",
            "book_consultation",
        ):
            return {"reason": turn.text[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
        return {}

    async def _about_booking(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take "book a call" said again, and "cancel my call" where none is booked yet."""
        if turn.intent == "book_consultation":
            say(dispatcher, SAY["at_it"])
            return {step: None}
        try:
            if await (await shared_desk()).upcoming(tracker.sender_id):
                return {}  # the rule of its intent moves or cancels that call
        except DatabaseUnreachable:
            return {}
        if _CANCEL.search(turn.text):
            await self.left(tracker)
            say(dispatcher, SAY["stopped"])
            return dict.fromkeys((*VALUES[self.form], "requested_slot"))
        say(dispatcher, SAY["nothing_booked_yet"])
        return {step: None}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        if step == "opening":
            say(dispatcher, SAY["words_not_understood"])


def _last(tracker: Tracker) -> str | None:
    """Return the last of the openings that were shown."""
    offered: list[str] = tracker.get_slot("offered") or []
    return offered[-1] if offered else None


def _is_talk(turn: Turn) -> bool:
    """Whether a turn is a question or small talk, in which no bare word is a name; "Dagmar" is no greeting."""
    if says_name(turn.text):
        return False
    if name_from(turn.text) and "?" not in turn.text:
        words, pictures = len(turn.text.split()), any(category(sign) == "So" for sign in turn.text)
        # "Will Smith" begins as a question does
        asks = turn.intent.startswith("ask_") or turn.intent == "out_of_scope"
        unsure = not asks and turn.confidences and turn.confidences[0] < _SURELY_TALK
        if pictures or (asks and words <= _NAME_WORDS):
            return False
        if unsure and (words <= 2 or _INTRODUCES.search(turn.text)):
            return False
        if _NAME_FIRST.search(turn.text) and tells_reason(_NAME_FIRST.sub("", turn.text)):
            return False
    return (asks_something(turn) or (turn.intent in LEAVES and is_sure(turn))) and "@" not in turn.text


def _own(given: Given, text: str, known: Contact, *, asked_name: bool) -> Given:
    """Return what a message gives, without an address of somebody else, or one that it only tells of."""
    found = given.found
    if not (found.contact.email or found.contact.phone or found.bad_email):
        return given
    if corrects(text) or not (known.email or known.phone):
        return given
    name = found.contact.name if asked_name else called_name(text)
    return replace(given, found=Found(Contact(name), rest=found.rest))


async def _wish_slots(wish: str, tracker: Tracker) -> dict[str, Any]:
    """Return the slots of a wish for a time that refines what was wished before."""
    desk, zone = await shared_desk(), zone_of(tracker)
    said = [" ".join(line.split()) for line in wish.splitlines()]
    lines = [*str(tracker.get_slot("wish") or "").splitlines(), *said][-MOST_WISHES:]
    constraint = desk.understand("\n".join(lines), zone)
    if constraint is None:
        lines = said
    slots: dict[str, Any] = {"wish": "\n".join(lines), "opening": None}
    return slots | ({"zone": constraint.zone.key} if constraint and constraint.zone else {})


def _say_length(given: Given, dispatcher: CollectingDispatcher) -> None:
    """Say how long a call is, if another length was asked for."""
    if given.minutes not in (None, consultation().minutes):
        say(dispatcher, SAY["length_fixed"].format(minutes=consultation().minutes, wanted=given.minutes))


def _asked_of_the_call(turn: Turn) -> list[Reply]:
    """Return what is said to the questions about the call in a message that begins a booking ("can we do it by video?")."""
    asked = [one.strip() for one in _ASKED.findall(turn.text) if len(one.split()) >= _QUESTION_WORDS]
    pieces = [replace(turn, text=re.split(r",\s+", one)[-1], entities=()) for one in asked]
    kinds = [kind for piece in pieces for kind in about_call(piece)]
    return [about_the_call(kind) for kind in dict.fromkeys(kinds)]


def _say_unread(given: Given, dispatcher: CollectingDispatcher) -> None:
    """Say what of the first message could not be used: a phone number cut short, words about time."""
    found = given.found
    if not (given.contact.email or given.contact.phone) and (found.bad_phone or found.bad_email):
        say(dispatcher, SAY["bad_email" if found.bad_email else "bad_phone"])
    if given.unread:
        say(dispatcher, SAY["unread_time"])


def _contact_slots(given: Given) -> dict[str, Any]:
    contact = given.contact
    slots = {"contact_name": contact.name, "contact_address": contact.email or contact.phone}
    if contact.email:
        slots["contact_phone"] = contact.phone
    return {slot: value for slot, value in slots.items() if value}


def _ask_meant(given: Given, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Ask about "gmail.con" before an invitation goes nowhere."""
    typed, meant = given.contact.email, given.found.meant_email
    buttons = [Button(str(one), f'/inform{{"address": "{one}"}}') for one in (meant, typed)]
    say(dispatcher, SAY["meant_email"].format(email=meant), buttons, expects="address")
    return {"contact_address": None, "meant_address": meant}


def _with(tracker: Tracker, filled: dict[str, Any]) -> Contact:
    known = contact_of(tracker)
    address = str(filled.get("contact_address") or "")
    if "@" in address:
        return Contact(known.name, address, filled.get("contact_phone") or known.phone)
    return Contact(known.name, None, address)
