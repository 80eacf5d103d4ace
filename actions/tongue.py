"""In which language a form speaks: Spanish to a parent who writes it, where content/es/ has the sentence; else English."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from actions.speaking import turn_of
from assistant.booking.times.constraint import TimeConstraint
from assistant.booking.times.said_in_spanish import spanish_when, spanish_wish, spanish_zone
from assistant.booking.times.spanish_times import in_english
from assistant.booking.zones import spoken, zone_words
from assistant.knowledge.spanish_booking import spanish_booking
from assistant.nlu.language import SPEAK_SPANISH, Language, language_of
from assistant.talk.phrases import PHRASES
from assistant.talk.spanish import is_told_in_spanish

_TELLING = 4
"""From so many words on a message tells its language: "la primera" and a name do not."""
_FORM = "booking_form"
"""The one form that has Spanish sentences."""


def speaks_spanish(tracker: Tracker) -> bool:
    """Whether the parent writes Spanish: this message tells it, or what was told last was said in Spanish."""
    if tracker.active_loop_name not in (None, _FORM):
        return False
    turn = turn_of(tracker)
    if turn.intent == SPEAK_SPANISH:
        return True
    before = is_told_in_spanish(next(iter(tracker.get_slot("told") or ()), ""))
    if turn.chosen or len(turn.text.split()) < _TELLING:
        return before
    language = language_of(turn.text)
    hours = in_english(turn.text) != turn.text  # "entonces el lunes a las 2"
    if before:
        return hours or language is not Language.OTHER
    return hours and language is Language.SPANISH  # "Maria de la Cruz" alone is a name


def said(tracker: Tracker) -> Mapping[str, str]:
    """Return the form's sentences by name."""
    return _first(spanish_booking().says, PHRASES.booking) if speaks_spanish(tracker) else PHRASES.booking


def buttons(tracker: Tracker) -> Mapping[str, str]:
    """Return the titles of buttons by name."""
    return _first(spanish_booking().buttons, PHRASES.buttons) if speaks_spanish(tracker) else PHRASES.buttons


def when(tracker: Tracker, instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant in words."""
    return (spanish_when if speaks_spanish(tracker) else spoken)(instant, zone)


def wish_words(tracker: Tracker, wish: TimeConstraint) -> str:
    """Return a wish for a time in words."""
    return spanish_wish(wish) if speaks_spanish(tracker) else wish.words()


def zone_name(tracker: Tracker, zone: ZoneInfo) -> str:
    """Return a zone in words."""
    return (spanish_zone if speaks_spanish(tracker) else zone_words)(zone)


def _first(one: Mapping[str, str], other: Mapping[str, str]) -> Mapping[str, str]:
    return ChainMap(dict(one), dict(other))
