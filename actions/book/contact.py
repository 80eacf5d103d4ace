"""Name, e-mail and phone: what a message gives, puts right or takes back of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from unicodedata import category

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.book.offer import (
    contact_of,
    says_yes,
)
from actions.form_base import (
    LEAVES,
    asks_something,
    is_sure,
    say,
)
from actions.tongue import said
from assistant.booking import (
    Contact,
    Found,
    Given,
    address_words,
    begins_with_a_first_name,
    called_name,
    corrects,
    mended,
    name_from,
    name_insisted_on,
    read_contact,
    says_name,
)
from assistant.talk.form_words import tells_reason
from assistant.talk.reply import Button
from assistant.talk.turn import Turn

_NO_EMAIL = re.compile(
    r"\b(?:no|don'?t have|do not have|without) (?:an? |any )?e-?mail\b|\bno (?:tengo|uso) (?:correo|e-?mail)\b",
    re.IGNORECASE,
)
_SURELY_TALK = 0.95
"""From this confidence on, a bare or introduced name at the name's step is small talk and no name."""
_INTRODUCES = re.compile(
    r"^(?:ok|okay|yes|yeah|sure|hi|hello)?[, ]*(?:it'?s|i'?m|i am|this is|my name(?:'s| is))\b", re.IGNORECASE
)
"""How a parent says a name in more than two words: "Ok its Jo"."""
_NAME_FIRST = re.compile(r"^[^,.;:\n]{1,40}[,.;:\n]\s*")
"""How a message begins that gives the name and goes on ("Dana, it's about my son")."""
_NAME_WORDS = 3
_INSTEAD = re.compile(
    r"\b(?:instead|rather|not (?:my |the )?e-?mail|change|wrong|prefer|only)\b", re.IGNORECASE
)
_THREE_DIGITS = re.compile(r"\d{3}")


def contact_slots_of(
    step: str, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """Return the slots of name and addresses that a message fills, and say what changed by it."""
    known, filled = contact_of(tracker), given_contact(given)
    if filled.get("contact_name") and _unsure_name(tracker):
        filled["meant_address"] = None
    address = tracker.get_slot("contact_address")
    if known.name and filled.get("contact_address") and not says_name(turn.text):
        filled.pop("contact_name", None)  # "use pat@example.org instead" names nobody anew
    filled |= _phone_beside(known, turn, tracker, given, dispatcher)
    if address and (right := mended(address, turn.text)):
        filled["contact_address"] = right
    if address and _tells_of_another(turn, given):
        say(dispatcher, said(tracker)["kept_address"].format(address=address_words(known)))
    if step == "contact_address" and not filled:
        filled = _mend_address(turn, tracker, given, dispatcher)
    elif given.found.bad_email:
        say(dispatcher, said(tracker)["bad_email"])
        filled["contact_address"] = None
    if given.found.meant_email and given.found.meant_email != tracker.get_slot("meant_address"):
        filled |= ask_meant(given, tracker, dispatcher)
    elif address and filled.get("contact_address", address) != address:
        say(
            dispatcher, said(tracker)["changed_address"].format(address=address_words(_with(tracker, filled)))
        )
    if (name := tracker.get_slot("contact_name")) and filled.get("contact_name", name) != name:
        say(dispatcher, said(tracker)["changed_name"].format(name=filled["contact_name"]))
    return filled


def _phone_beside(
    known: Contact, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """Keep a phone number beside the e-mail that is known, unless it is meant in its place."""
    phone = given.contact.phone
    if not (known.email and phone) or given.contact.email or _INSTEAD.search(turn.text):
        return {}
    say(dispatcher, said(tracker)["noted_phone"].format(address=address_words(Contact(phone=phone))))
    return {"contact_address": known.email, "contact_phone": phone}


def _tells_of_another(turn: Turn, given: Given) -> bool:
    """Whether a message holds an address, and none that the parent gives as their own."""
    if given.contact.email or given.contact.phone:
        return False
    told = read_contact(turn.text, asked_name=False)
    return bool(told.others or told.contact.email or told.contact.phone)


def _mend_address(
    turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """Take the answer to "did you mean …", or say what is wrong with what looks like an address."""
    if (meant := tracker.get_slot("meant_address")) and says_yes(turn):
        return {"contact_address": meant, "meant_address": None}
    if given.found.bad_email:
        say(dispatcher, said(tracker)["bad_email"])
    elif _NO_EMAIL.search(turn.text):
        say(dispatcher, said(tracker)["no_email"])
    elif not given.wish and _THREE_DIGITS.search(turn.text) and not asks_something(turn):
        say(dispatcher, said(tracker)["bad_phone"])
    else:
        return {}
    return {"contact_address": None}


def is_talk(turn: Turn) -> bool:
    """Whether a turn is a question or small talk, in which no bare word is a name; "Dagmar" is no greeting."""
    if says_name(turn.text) or begins_with_a_first_name(turn.text):
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


def own_address(given: Given, text: str, known: Contact, *, asked_name: bool) -> Given:
    """Return what a message gives, without an address of somebody else, or one that it only tells of."""
    found = given.found
    if not (found.contact.email or found.contact.phone or found.bad_email):
        return given
    if corrects(text) or not (known.email or known.phone):
        return given
    name = found.contact.name if asked_name else called_name(text)
    return replace(given, found=Found(Contact(name), rest=found.rest))


def with_name_said_again(step: str, turn: Turn, tracker: Tracker, given: Given) -> Given:
    """Return what a message gives, its words as the name where the same ones were no name at the step before."""
    if step != "contact_name" or given.contact.name or turn.chosen:
        return given
    name = name_insisted_on(turn.text)
    if name is None or name.casefold() != _unsure_name(tracker):
        return given
    return replace(given, found=replace(given.found, contact=replace(given.contact, name=name)))


def unsure_name(step: str, turn: Turn) -> dict[str, Any]:
    """Return the slots that keep an answer which was no name: typed again, it is one."""
    name = name_insisted_on(turn.text) if step == "contact_name" and not turn.chosen else None
    return {"meant_address": name.casefold()} if name else {}


def _unsure_name(tracker: Tracker) -> str | None:
    """Return what was typed where a name was asked, and was none; it waits where an address that may be meant does."""
    meant = str(tracker.get_slot("meant_address") or "@")
    return None if "@" in meant else meant


def given_contact(given: Given) -> dict[str, Any]:
    """Return the slots of the name and addresses that a message gives."""
    contact = given.contact
    slots = {"contact_name": contact.name, "contact_address": contact.email or contact.phone}
    if contact.email:
        slots["contact_phone"] = contact.phone
    return {slot: value for slot, value in slots.items() if value}


def ask_meant(given: Given, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Ask about "gmail.con" before an invitation goes nowhere."""
    typed, meant = given.contact.email, given.found.meant_email
    buttons = [Button(str(one), f'/inform{{"address": "{one}"}}') for one in (meant, typed)]
    say(dispatcher, said(tracker)["meant_email"].format(email=meant), buttons, expects="address")
    return {"contact_address": None, "meant_address": meant}


def _with(tracker: Tracker, filled: dict[str, Any]) -> Contact:
    known = contact_of(tracker)
    address = str(filled.get("contact_address") or "")
    if "@" in address:
        return Contact(known.name, address, filled.get("contact_phone") or known.phone)
    return Contact(known.name, None, address)
