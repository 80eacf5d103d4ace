"""What every form does at every step: take a value, go back, skip, leave, let a question or danger pass.

Rasa's own loop does the rest: when a form takes nothing from a message, the rule for the message's
intent runs, and then the form asks again (RulePolicy). So a form has to say precisely what is its own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.in_spanish import say_beside_in_spanish, small_reply
from actions.speaking import memory_of, remember, speak, today, turn_of
from actions.tongue import said, speaks_spanish
from assistant.knowledge.letters import LETTER_BLANKS
from assistant.knowledge.library import library
from assistant.knowledge.spanish_acts import spanish_acts
from assistant.talk.answering import compose
from assistant.talk.conversation import TURNS
from assistant.talk.deleting import wants_deleted
from assistant.talk.form_words import about_call, declines, goes_back, is_question, skips, stops
from assistant.talk.meant import said_about
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import ANSWERED_AT_ONCE
from assistant.talk.reply import Button, Outcome, Reply
from assistant.talk.to_us import wants_no_call
from assistant.talk.turn import Turn
from assistant.talk.understanding import Question, is_correction, is_follow_up, leftover

SAY = PHRASES.booking
LEAVES = frozenset({"stop", "goodbye"})
"""Intents that end a form: their own actions let it go."""
SMALL_TALK = frozenset(
    {
        "thank",
        "share_feelings",
        "feedback_negative",
        "feedback_positive",
        "greet",
        "ask_repeat",
        "delete_talk",
    }
)
"""What its own rule answers in the middle of a form."""
ANSWERING = frozenset({"action_answer", "action_inform", "action_repeat", "action_human"})
LETTER_STEPS = (*LETTER_BLANKS, "letter_checked")
VALUES: Mapping[str, tuple[str, ...]] = {
    "booking_form": (
        *("contact_name", "contact_address", "contact_phone", "meant_address", "reason", "opening", "held_opening"),
        *("held_for", "booking_confirmed", "wish", "offered", "later_than", "asked_step", "times_asked", "paused_form"),
    ),
    "change_form": (
        *("change_email", "change_code", "change_call", "change_choice", "change_wish", "change_opening", "wish"),
        *("offered", "later_than", "asked_step", "times_asked", "paused_form"),
    ),
    "letter_form": ("letter", "letter_asks", *LETTER_STEPS, "asked_step", "times_asked", "paused_form"),
}  # fmt: skip
"""The slots of each form."""
_QUESTION_WORDS = 4
_SURE, _SURELY_STRANGE = 0.5, 0.9
_ASKS_ON = re.compile(r"^(?:and|or|what about|how about)\b|\?\s*$", re.IGNORECASE)
BESIDE = frozenset({"write_letter", "count_days"})
"""What is asked beside a form without being a question of content/en/answers: its rule says what can be done now."""
_DETAILS = ("plan", "no_plan", "condition")


def asks_something(turn: Turn) -> bool:
    """Whether the turn is for another rule and not a value for the form.

    Only intents with a rule of their own may leave a form: without one Rasa's fallback would go round in circles.
    """
    if turn.intent.startswith("ask_"):
        return turn.chosen or is_question(turn.text) or len(turn.text.split()) >= _QUESTION_WORDS
    if turn.intent == "out_of_scope":
        return is_question(turn.text)
    if turn.intent in BESIDE:
        return turn.chosen or is_sure(turn)
    return turn.intent in SMALL_TALK and is_sure(turn)


def is_sure(turn: Turn) -> bool:
    """Whether the intent is surely the one understood: a form is not left by a guess ("book it")."""
    return not turn.confidences or turn.confidences[0] >= _SURE


def surely_strange(turn: Turn) -> bool:
    """Whether the turn asks something that is surely none of our subjects."""
    sure = not turn.confidences or turn.confidences[0] >= _SURELY_STRANGE
    return turn.intent == "out_of_scope" and sure and is_question(turn.text)


def is_aside(turn: Turn) -> bool:
    """Whether the turn was answered beside the form, so that the form has to lead back."""
    return asks_something(turn) or bool(about_call(turn))


def answered_before(tracker: Tracker) -> bool:
    """Whether the last thing said to the parent held an answer and not only the form's own question."""
    turns = 0
    for event in reversed(tracker.events):
        turns += event.get("event") == "user"
        if turns > 1:
            break
        if turns == 1 and event.get("event") == "action" and event.get("name") in ANSWERING:
            return True
    return False


def forgotten(form: str | None) -> list[EventType]:
    """Return the events that drop what a form asked for, once it is done or left: nobody needs it any more."""
    return [SlotSet(slot, None) for slot in VALUES.get(form or "", ())]


def say(
    dispatcher: CollectingDispatcher,
    text: str,
    buttons: list[Button] | None = None,
    *,
    expects: str = "",
    outcome: Outcome = "booking",
    **card: Any,
) -> None:
    """Say one sentence of a form; `expects` is what it asks for, as in :class:`Reply`."""
    speak(dispatcher, [Reply(text, outcome, buttons or [], card=card, expects=expects)])


def say_beside(
    kind: str, tracker: Tracker, dispatcher: CollectingDispatcher, turn: Turn | None = None
) -> list[EventType]:
    """Say what the talk makes of a turn beside a form, with nothing that leads away, for the form asks next.

    Args:
        kind: A function of assistant.talk.conversation.
        tracker: The talk.
        dispatcher: Says it.
        turn: What was heard, where it is taken for something else than the tracker has.
    """
    memory, turn = memory_of(tracker), turn or turn_of(tracker)
    quiet = memory.with_(plan_asked=True, call_declined=True)
    replies, after = TURNS[kind](turn, quiet, library(), today())
    many = len(turn.questions) > ANSWERED_AT_ONCE
    speak(dispatcher, replies if many else [replace(reply, buttons=_staying(reply)) for reply in replies])
    kept = {name: getattr(memory, name) for name in ("plan_asked", "call_declined", "pending", "since_offer")}
    return remember(memory, after.with_(**kept))


def _staying(reply: Reply) -> list[Button]:
    """Return the buttons of a reply that a form leaves in place: deleting is promised at any time."""
    return [button for button in reply.buttons if button.payload == "/delete_talk"]


def about_the_call(kind: str, tracker: Tracker) -> Reply:
    """Return what a question about the call itself gets, named by what was asked."""
    reply = compose(library(), Question("ask_human", aside=kind), today())
    answered = replace(reply.answer, intent=kind) if reply.answer else None
    text = spanish_acts().about_call[kind] if speaks_spanish(tracker) else reply.text
    return replace(reply, text=text, buttons=[], answer=answered)


def prompt(tracker: Tracker, step: str) -> tuple[str, list[EventType]]:
    """Return what to ask at a step and the events that count it: asked again, it is asked in other words.

    The text still holds its fields in braces.
    """
    times = times_asked(tracker, step)
    key = f"ask_{step}" if times == 0 else f"ask_{step}_again" if times % 2 else f"ask_{step}_still"
    led = f"{said(tracker)['back']} " if times and is_aside(turn_of(tracker)) else ""
    return led + said(tracker)[key], count_asking(step, times)


def times_asked(tracker: Tracker, step: str) -> int:
    """Return how often in a row a step was asked."""
    return int(tracker.get_slot("times_asked") or 0) if tracker.get_slot("asked_step") == step else 0


def count_asking(step: str, times: int) -> list[EventType]:
    """Return the events that count a step asked once more than `times`."""
    return [SlotSet("asked_step", step), SlotSet("times_asked", times + 1)]


class RepairingForm(Action, ABC):
    """Validates one turn of a form. `steps` are its slots in the order in which they are asked."""

    @property
    @abstractmethod
    def form(self) -> str:
        """The form's name in domain.yml."""

    @property
    @abstractmethod
    def steps(self) -> tuple[str, ...]:
        """The form's required slots, in order."""

    @abstractmethod
    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return the slots that the turn fills or clears; nothing when it holds no value for the form."""

    def asks_beside(self, turn: Turn, filled: Mapping[str, Any]) -> bool:
        """Whether a turn that fills the form asks something as well ("Dana, dana@… . who has to be there?")."""
        return False

    async def read_beside(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return the slots that a turn fills beside a question about the call ("12:30. and is it by phone?")."""
        return {}

    @abstractmethod
    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        """Say what kind of value the step needs."""

    def kept_of(self, step: str, turn: Turn) -> Mapping[str, Any]:
        """Return the slots that keep something of a message which was not understood."""
        return {}

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        """Return the slots that the message which started the form already fills."""
        return {}

    async def left(self, tracker: Tracker) -> None:
        """Give back what the form holds; called where the form itself ends early."""

    @property
    def yields_to(self) -> frozenset[str]:
        """Intents whose rule starts another form in this one's place."""
        return frozenset()

    def owns(self, step: str, turn: Turn) -> bool:
        """Whether a word that ends other forms is a value here ("cancel" where one may cancel a call)."""
        return False

    def skipped(self, step: str, tracker: Tracker, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Do what "skip" asks for; a form that can leave nothing out says so, and asks again."""
        say(dispatcher, said(tracker)[f"skip_{step}"])
        return [SlotSet(step, None)]

    def is_question_to_us(self, turn: Turn) -> bool:
        """Whether a turn that no rule would answer is a question all the same."""
        return False

    def dropped(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Say that the form is left, and return what else that means."""
        say(dispatcher, said(tracker)["stopped"])
        return [SlotSet("call_declined", True)]

    def about_itself(self, turn: Turn) -> list[str]:
        """Return which follow-ups of ask_human answer a question about what the form is for."""
        return about_call(turn)

    def name(self) -> str:
        """Return Rasa's name for what validates this form."""
        return f"validate_{self.form}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the slots that this turn fills, empties or asks for next."""
        step, turn = tracker.get_slot("requested_slot"), turn_of(tracker)
        if turn.intent == "crisis":
            return []  # its rule ends the form
        if step not in self.steps:
            if not turn.chosen and (declines(turn.text) or wants_no_call(turn)):
                return self._let_go(tracker, dispatcher)
            return _slots(await self.started(turn, tracker, dispatcher))
        if wants_deleted(turn):
            return []  # its rule asks whether to, and the form waits
        if turn.chosen and turn.intent == "delete_talk":
            return []  # "Yes, delete it" is no yes to the form's own question
        if not self.owns(step, turn):
            steered = await self._steer(step, turn, tracker, dispatcher)
            if steered is not None:
                return steered
        filled = await self.read(step, turn, tracker, dispatcher)
        if filled:
            beside = say_beside("answer", tracker, dispatcher) if self.asks_beside(turn, filled) else []
            return [*beside, *_slots(filled)]
        return self._told_nothing(step, turn, tracker, dispatcher)

    def _told_nothing(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Answer a message that has no value for the step; then the step is asked again."""
        if turn.intent in self.yields_to or (turn.intent in LEAVES and is_sure(turn)):
            return []
        if turn.intent == "ask_repeat" and not answered_before(tracker):
            return [SlotSet(step, None)]  # the form's own question, in other words
        if turn.intent in SMALL_TALK and (reply := small_reply(turn, tracker)):
            speak(dispatcher, [reply])
            return [SlotSet(step, None)]
        if (told := say_beside_in_spanish(turn, tracker, dispatcher)) is not None:
            return [*told, SlotSet(step, None)]
        if asks_something(turn):
            return []  # its rule answers, then the form asks again
        if self.is_question_to_us(turn):
            about = said_about(turn, library()) or "nlu_fallback"
            meant = replace(turn, intent=about, questions=())
            return [*say_beside("clarify", tracker, dispatcher, meant), SlotSet(step, None)]
        self.not_understood(step, turn, tracker, dispatcher)
        return _slots({step: None, **self.kept_of(step, turn)})

    def _let_go(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Leave the form, and what was typed into it."""
        return [*self.dropped(tracker, dispatcher), *forgotten(self.form), SlotSet("requested_slot", None)]

    async def _steer(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType] | None:
        """Do what a word about the form itself asks for; None when the turn holds none."""
        if turn.chosen:
            return None
        if goes_back(turn.text):
            return [SlotSet(slot, None) for slot in self.before(step, tracker)]
        if skips(turn.text):
            return self.skipped(step, tracker, dispatcher)
        if turn.intent == "stop" and is_sure(turn):
            return []  # its rule ends the form
        if declines(turn.text) or stops(turn.text) or wants_no_call(turn):
            await self.left(tracker)
            return self._let_go(tracker, dispatcher)
        if kinds := self.about_itself(turn):
            speak(dispatcher, [about_the_call(kind, tracker) for kind in kinds])
            return _slots(await self.read_beside(step, turn, tracker, dispatcher) or {step: None})
        return self.detail(step, turn, tracker, dispatcher)

    def detail(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType] | None:
        """Take a bare plan or condition ("sorry it's an IEP"): it changes the last answer, or is noted."""
        if not any(turn.values(kind) for kind in _DETAILS) or leftover(turn) or "@" in turn.text:
            return None
        if turn.intent.startswith("ask_") and is_question(turn.text):
            return None  # "what is a 504 plan"
        if step == "booking_confirmed" and not (is_correction(turn) or _ASKS_ON.search(turn.text)):
            return None  # what the call is about
        memory = memory_of(tracker)
        if is_follow_up(turn, memory) and turn.intent not in ("book_consultation", "change_booking"):
            return []  # the rule of its intent says the answer again
        noted: Mapping[str, Any] = {
            "plan": next(iter(turn.values("plan")), "none" if turn.values("no_plan") else memory.plan),
            "condition": next(iter(turn.values("condition")), memory.condition),
        }
        say(dispatcher, said(tracker)["noted"])
        return [*_slots(noted), SlotSet(step, None)]

    def before(self, step: str, tracker: Tracker) -> tuple[str, ...]:
        """Return the slots to clear so that the step before `step` is asked again."""
        place = self.steps.index(step)
        return (self.steps[max(place - 1, 0)], step)


def _slots(values: Mapping[str, Any]) -> list[EventType]:
    return [SlotSet(slot, value) for slot, value in values.items()]
