"""Letters: which one is meant, the questions of its form, what is said when it is done. The form is in actions/letter_form.py."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.form_base import LETTER_STEPS, count_asking, is_aside, say, times_asked
from actions.named import NamedAction
from actions.speaking import memory_of, remember, speak, today, turn_of
from assistant.knowledge.letters import Letter
from assistant.knowledge.library import library
from assistant.sealed import opened, sealed
from assistant.talk.answering import plan_buttons
from assistant.talk.letter_replies import (
    EXPECTS,
    INTENT,
    OTHERS,
    checklist_reply,
    choice,
    letter_reply,
    not_fitting,
    words_of_the_talk,
)
from assistant.talk.letters import Draft, begun, to_ask
from assistant.talk.meant import as_question
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import clarify
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import asked as heard

SAY = PHRASES.letter
LETTER_FORM = "letter_form"
CHECKED = LETTER_STEPS[-1]
NOT_NEEDED, GIVEN, LEFT_BLANK = "-", "given", "blank"
"""What a step's slot holds: this letter does not ask it, the parent answered, the parent skipped it."""
SURE_OF_A_LETTER, NEAR_A_LETTER, MOST_NEAR = 0.5, 0.12, 3
"""Shares within `write_letter` from which a letter is the one, and one of those that are offered."""
KEPT = ("child", "grade", "school", "parent", "reach")
"""Blanks that the next letter of a talk takes over."""
_DRAFT = "draft"


def draft_of(tracker: Tracker) -> Draft | None:
    """Return the letter of this talk; None where there is none."""
    data = opened(_DRAFT, str(tracker.get_slot("letter") or ""))
    return Draft.from_json(data) if data and data["letter"] in library().letters else None


def keep(draft: Draft) -> str:
    """Return a draft as the slot `letter` holds it: sealed, for slots are stored."""
    return sealed(_DRAFT, draft.to_json())


def asks_of(tracker: Tracker) -> list[str]:
    """Return the blanks that this letter asks for, a step each."""
    return list(tracker.get_slot("letter_asks") or ())


def letter_meant(turn: Turn, memory: Memory) -> tuple[str | None, list[str]]:
    """Return the letter that a turn asks for, and those that come near: learnt shares, else what the talk was about."""
    letters, own = library().letters, f"{INTENT}/"
    if named := turn.values("letter"):
        return named[0], []
    rows = [(name, share) for name, share in turn.points if name == INTENT or name.startswith(own)]
    likely = [(name.removeprefix(own), share) for name, share in rows if name.removeprefix(own) in letters]
    if likely and likely[0][1] >= SURE_OF_A_LETTER:
        return likely[0][0], []
    last = library().points.get(memory.names_told[0]) if memory.names_told else None
    if last and last.letter:
        return last.letter, []
    return None, [name for name, share in likely if share >= NEAR_A_LETTER][:MOST_NEAR]


def unfinished(tracker: Tracker) -> Draft | None:
    """Return the letter whose form was broken off, by danger or by another form."""
    if tracker.active_loop_name == LETTER_FORM or not asks_of(tracker) or tracker.get_slot(CHECKED):
        return None
    return draft_of(tracker)


class ActionWriteLetter(NamedAction):
    """Begin the letter that is meant, go on with the one that was broken off, or ask which."""

    called = "action_write_letter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what begins or resumes the letter's form."""
        turn, before_it = turn_of(tracker), memory_of(tracker)
        if tracker.active_loop_name not in (None, LETTER_FORM):
            say(dispatcher, SAY["busy"])
            return []
        _, memory = heard(
            turn, before_it, library()
        )  # "a letter that they don't follow the iep" tells the plan
        wanted, near = letter_meant(turn, memory)
        calm: list[EventType] = [
            *remember(before_it, memory),
            SlotSet("after_crisis", False),
            SlotSet("failures", 0),
            SlotSet("pending", None),
        ]
        before = unfinished(tracker)
        if before is not None and wanted in (None, before.letter):
            speak(
                dispatcher,
                [Reply(SAY["resumed"].format(name=library().letters[before.letter].name), "letter")],
            )
            return [
                *calm,
                SlotSet("paused_form", None),
                SlotSet("asked_step", "resumed"),
                FollowupAction(LETTER_FORM),
            ]
        letter = library().letters.get(wanted or "")
        if letter is None:
            given = words_of_the_talk(library(), memory, near, today()) if wanted != OTHERS else None
            if given is not None:
                after = memory.with_(told=[given[1], *(memory.told or ())])
                speak(dispatcher, [given[0]])
                return [*calm, *remember(memory, after)]
            speak(dispatcher, [choice(library(), near, others=wanted == OTHERS)])
            return calm
        return [*calm, *self._begin(letter, turn, memory, dispatcher, tracker)]

    def _begin(
        self, letter: Letter, turn: Turn, memory: Memory, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        if letter.status != "live":
            speak(dispatcher, [Reply(PHRASES.not_said_now, "answered")])
            return []
        if memory.plan in letter.not_for and not turn.values("confirm"):
            speak(dispatcher, [not_fitting(library(), letter, memory.plan or "")])
            return []
        if letter.is_checklist:
            speak(dispatcher, [checklist_reply(library(), letter, memory.plan, memory.state, today())])
            return []
        old = draft_of(tracker)
        known = {name: text for name, text in old.values.items() if name in KEPT} if old else {}
        draft = begun(letter, memory.plan, known | ({"state": memory.state} if memory.state else {}))
        return [*_new_form(draft, to_ask(letter, draft)), *_into_form(tracker)]


def _new_form(draft: Draft, asks: list[str]) -> list[EventType]:
    """Return the events that begin a letter; steps that it does not need are filled."""
    steps = {step: None if place < len(asks) else NOT_NEEDED for place, step in enumerate(LETTER_STEPS[:-1])}
    slots: dict[str, Any] = {"letter": keep(draft), "letter_asks": asks, **steps, CHECKED: None}
    slots |= {"asked_step": None, "times_asked": 0, "paused_form": None}
    return [SlotSet(slot, value) for slot, value in slots.items()]


def _into_form(tracker: Tracker) -> list[EventType]:
    return [] if tracker.active_loop_name == LETTER_FORM else [FollowupAction(LETTER_FORM)]


class ActionChangeLetter(NamedAction):
    """Take a change of a letter that was finished before: its form shows it again."""

    called = "action_change_letter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the slots that open the finished letter again."""
        if tracker.active_loop_name not in (None, LETTER_FORM):
            return []  # the form asks again
        if draft_of(tracker) is not None and not tracker.active_loop_name:
            return [SlotSet(CHECKED, None), SlotSet("asked_step", CHECKED), FollowupAction(LETTER_FORM)]
        turn, memory = turn_of(tracker), memory_of(tracker)
        if turn.chosen:
            speak(dispatcher, [choice(library(), lead=SAY["none_yet"])])
            return []
        replies, after = clarify(as_question(turn, library()), memory, library(), today())
        speak(dispatcher, replies)
        return remember(memory, after)


class ActionLetterDone(NamedAction):
    """Say what to do with the letter; it stays, sealed, as long as the talk."""

    called = "action_letter_done"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the slots that close the form and keep the letter."""
        if tracker.get_slot(CHECKED) and draft_of(tracker):
            speak(dispatcher, [Reply(SAY["finished"], "letter")])
        return [SlotSet("asked_step", None), SlotSet("times_asked", 0)]


class _AsksPart(Action, ABC):
    """Asks for one blank of the letter."""

    @property
    @abstractmethod
    def step(self) -> str:
        """The slot to ask for."""

    def name(self) -> str:
        return f"action_ask_{LETTER_FORM}_{self.step}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        draft, asks = draft_of(tracker), asks_of(tracker)
        place = LETTER_STEPS.index(self.step)
        if draft is None or place >= len(asks):
            return [SlotSet(self.step, NOT_NEEDED)]
        letter = library().letters[draft.letter]
        blank = letter.blanks[asks[place]]
        lead = self._lead(tracker, letter)
        text = f"{lead}\n\n{blank.ask}" if lead else blank.ask
        say(dispatcher, text, _buttons(blank.kind), expects=EXPECTS, outcome="letter")
        return count_asking(self.step, times_asked(tracker, self.step))

    def _lead(self, tracker: Tracker, letter: Letter) -> str:
        asked = tracker.get_slot("asked_step")
        if asked is None and all(tracker.get_slot(step) is None for step in LETTER_STEPS[:1]):
            return SAY["start"].format(name=letter.name)
        if asked == self.step:
            return SAY["back"] if is_aside(turn_of(tracker)) else SAY["again"]
        return ""


def _buttons(kind: str) -> list[Button]:
    skip = Button(SAY["skip"], '/inform{"confirm": "skip"}')
    plans = plan_buttons()[:-1] if kind == "plan" else []  # "not sure" is a skip here
    return [*plans, skip]


class ActionAskLetterOne(_AsksPart):
    """Ask for the first blank."""

    step = "letter_one"


class ActionAskLetterTwo(_AsksPart):
    """Ask for the second blank."""

    step = "letter_two"


class ActionAskLetterThree(_AsksPart):
    """Ask for the third blank."""

    step = "letter_three"


class ActionAskLetterFour(_AsksPart):
    """Ask for the fourth blank."""

    step = "letter_four"


class ActionAskLetterChecked(Action):
    """Show the letter; after a word beside it only ask whether anything shall change."""

    def name(self) -> str:
        """Return Rasa's name for what asks for this slot of the form."""
        return f"action_ask_{LETTER_FORM}_{CHECKED}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was shown."""
        draft, memory = draft_of(tracker), memory_of(tracker)
        if draft is None:
            return [SlotSet(CHECKED, NOT_NEEDED)]
        asked = tracker.get_slot("asked_step")
        if asked == CHECKED:
            say(dispatcher, SAY["back_to_check"], expects=EXPECTS, outcome="letter")
            return []
        if asked and asked.startswith(f"{CHECKED}:"):
            return []  # the form asked which words, or which part
        speak(dispatcher, [letter_reply(library(), draft, memory.state, today())])
        return [SlotSet("asked_step", CHECKED), SlotSet("times_asked", 0)]
