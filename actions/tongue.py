"""In which language the booking, a change of a call and the small acts speak: Spanish to a parent who writes it, else English."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from assistant.booking import Call
from assistant.booking.consultation import Consultation
from assistant.booking.times.constraint import TimeConstraint
from assistant.booking.times.said_in_spanish import spanish_hours, spanish_when, spanish_wish, spanish_zone
from assistant.booking.times.spanish_times import in_english
from assistant.booking.zones import spoken, zone_words
from assistant.clock import now
from assistant.handover.hours import call_hours_words
from assistant.knowledge.spanish_booking import spanish_booking
from assistant.nlu.language import SPEAK_SPANISH, Language, language_of
from assistant.talk.phrases import PHRASES
from assistant.talk.spanish_acts import act_in_spanish
from assistant.talk.turn import Turn

_TELLING = 4
"""From so many words on a message tells its language: "la primera" and a name do not."""
_ACT = 2
"""From so many words on an act tells it too: "no gracias"."""
_FORMS = (None, "booking_form", "change_form")
"""Where there are Spanish sentences: outside of forms, and in these."""
_LETTERS = 600


def speaks_spanish(tracker: Tracker) -> bool:
    """Whether the parent writes Spanish: this message tells it, or what was said last was said in Spanish."""
    if tracker.active_loop_name not in _FORMS:
        return False
    turn = Turn.from_message(tracker.latest_message)
    if turn.intent == SPEAK_SPANISH:
        return True
    words, before = len(turn.text.split()), _was_said_in_spanish(tracker)
    if turn.chosen or words < _ACT:
        return before
    language = language_of(turn.text)
    # "si gracias" at the end of a booking that was led in English stays there
    booking = tracker.active_loop_name == "booking_form" or tracker.get_slot("booking_confirmed")
    led = booking and words < _TELLING and said_last(tracker) != ""
    if language is Language.SPANISH and not led and act_in_spanish(turn.text):
        return True
    if words < _TELLING:
        return before
    hours = in_english(turn.text) != turn.text  # "entonces el lunes a las 2"
    if before:
        return hours or language is not Language.OTHER
    return hours and language is Language.SPANISH  # "Maria de la Cruz" alone is a name


def said_last(tracker: Tracker) -> str:
    """Return the last words of the assistant; empty where it said nothing yet."""
    return next((str(one.get("text")) for one in reversed(tracker.events) if one.get("event") == "bot"), "")


def _was_said_in_spanish(tracker: Tracker) -> bool:
    """Whether the last words of the assistant are Spanish."""
    return language_of(said_last(tracker)[:_LETTERS]) is not Language.OTHER


def said(tracker: Tracker) -> Mapping[str, str]:
    """Return the form's sentences by name."""
    return _first(spanish_booking().says, PHRASES.booking) if speaks_spanish(tracker) else PHRASES.booking


def buttons(tracker: Tracker) -> Mapping[str, str]:
    """Return the titles of buttons by name."""
    return _first(spanish_booking().buttons, PHRASES.buttons) if speaks_spanish(tracker) else PHRASES.buttons


def errors(tracker: Tracker) -> Mapping[str, str]:
    """Return what is said where calendar or database are away, by name."""
    return _first(spanish_booking().errors, PHRASES.errors) if speaks_spanish(tracker) else PHRASES.errors


def call_hours(tracker: Tracker, about: Consultation) -> str:
    """Return in words when calls take place."""
    return (spanish_hours if speaks_spanish(tracker) else call_hours_words)(about)


def when(tracker: Tracker, instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant in words."""
    return (spanish_when if speaks_spanish(tracker) else spoken)(instant, zone)


def call_when(tracker: Tracker, call: Call) -> str:
    """Return in words when a booked call is."""
    return when(tracker, call.start, ZoneInfo(call.zone or "UTC"))


def wish_words(tracker: Tracker, wish: TimeConstraint) -> str:
    """Return a wish for a time in words."""
    today = now().date()
    return spanish_wish(wish, today) if speaks_spanish(tracker) else wish.words(today)


def zone_name(tracker: Tracker, zone: ZoneInfo) -> str:
    """Return a zone in words."""
    return (spanish_zone if speaks_spanish(tracker) else zone_words)(zone)


def _first(one: Mapping[str, str], other: Mapping[str, str]) -> Mapping[str, str]:
    return ChainMap(dict(one), dict(other))
