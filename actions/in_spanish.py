"""What is said in Spanish beside a form, and to the small acts of a talk."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import memory_of, remember, speak, today
from actions.tongue import said_last, speaks_spanish
from assistant.knowledge.library import library
from assistant.knowledge.spanish import FALLBACK
from assistant.knowledge.spanish_acts import spanish_acts
from assistant.nlu.language import Language, language_of
from assistant.talk.reply import Reply
from assistant.talk.spanish import BOOK, answer_in_spanish, asked_in_spanish
from assistant.talk.spanish_acts import act_in_spanish
from assistant.talk.starting_over import starts_over
from assistant.talk.turn import Turn

_ASKS = re.compile(
    r"\?|^(?:(?:y|pero|oiga|disculpe)\b[, ]*)*(?:(?:a|por|para|con|de) )?(?:qu[eé]|qui[eé]n(?:es)?|cu[aá]ndo|cu[aá]nt[oa]s?|c[oó]mo|d[oó]nde|cu[aá]l(?:es)?)\b",
    re.IGNORECASE,
)
_SMALL = {
    "thank": "thanks",
    "greet": "hello",
    "affirm": "go_on",
    "deny": "all_right",
    "stop": "stopped",
    "goodbye": "goodbye",
}
"""The sentence that an intent gets."""
_ENDS = frozenset({"thank", "goodbye"})
"""After these nothing is asked: the same words twice are no wall."""
_SEEM_ACTS = frozenset({"affirm", "deny", "stop"})
_TELLING = 4
"""Words from which on a message is near enough to an answer's line: "la primera" is near "el primer paso"."""
_SAID_BY_THE_BOOKING = frozenset({FALLBACK, BOOK, "thanks", "hello"})


def small_reply(turn: Turn, tracker: Tracker) -> Reply | None:
    """Return what a small act gets in Spanish, outside of forms and beside them; None where English is spoken, or for another turn."""
    if turn.intent not in _SMALL or not speaks_spanish(tracker):
        return None
    name = "started_over" if turn.intent == "stop" and starts_over(turn) else _SMALL[turn.intent]
    if name == "go_on" and said_last(tracker) == spanish_acts().says[name]:
        name = "go_on_again"  # two yeses: the same words twice would be a wall
    return Reply(spanish_acts().says[name], "answered" if turn.intent in _ENDS else "asked")


def asks_more_in_spanish(turn: Turn) -> bool:
    """Whether words that the classifier of English takes for an act are Spanish that asks something ("quiero cita" is no "quit")."""
    if turn.chosen or turn.intent not in _SEEM_ACTS or language_of(turn.text) is not Language.SPANISH:
        return False
    act = act_in_spanish(turn.text)
    return (act is None or act[1].intent == "change_booking") and asked_in_spanish(turn.text) != FALLBACK


def asks_in_spanish(turn: Turn, tracker: Tracker) -> bool:
    """Whether a turn of a form asks something in Spanish."""
    return not turn.chosen and bool(_ASKS.search(turn.text)) and speaks_spanish(tracker)


def say_beside_in_spanish(
    turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
) -> list[EventType] | None:
    """Answer what a turn asks in Spanish in the middle of a form; None where it asks nothing in Spanish.

    Returns:
        The events that remember what was told.
    """
    if turn.chosen or not speaks_spanish(tracker):
        return None
    says = spanish_acts()
    act = act_in_spanish(turn.text)
    if act is not None and act[0] in says.about_call:
        speak(dispatcher, [Reply(says.about_call[act[0]], "answered")])
        return []
    tells = len(turn.text.split()) >= _TELLING and language_of(turn.text) is Language.SPANISH
    if tells and asked_in_spanish(turn.text) not in _SAID_BY_THE_BOOKING:
        memory = memory_of(tracker)
        replies, after = answer_in_spanish(turn, memory, library(), today())
        speak(dispatcher, replies)
        return remember(memory, memory.with_(told=after.told))
    if asks_in_spanish(turn, tracker):
        speak(dispatcher, [Reply(says.says["ask_beside"], "answered")])
        return []
    return None
