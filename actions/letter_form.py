"""The form that writes a letter: takes what is asked, or leaves it blank, shows the letter, and changes it in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.form_base import LETTER_STEPS, RepairingForm, answered_before, say
from actions.letter import (
    CHECKED,
    GIVEN,
    LEFT_BLANK,
    LETTER_FORM,
    SAY,
    asks_of,
    draft_of,
    keep,
)
from actions.speaking import memory_of, speak, today
from assistant.knowledge.library import library
from assistant.talk.acts import SHORTER
from assistant.talk.days import read_day
from assistant.talk.form_words import declines
from assistant.talk.letter_replies import EXPECTS, parts_question
from assistant.talk.letter_words import (
    FEW_WORDS,
    added_in,
    asks_us,
    child_in,
    is_aside,
    is_finished,
    name_in,
    says_none,
    values_in,
)
from assistant.talk.letters import Draft, can_be_shorter
from assistant.talk.turn import Turn
from assistant.talk.understanding import is_correction, is_follow_up, leftover

ADDING, PICKING = f"{CHECKED}:add", f"{CHECKED}:part"
"""What `asked_step` holds while the form waits for the words to add, or for the part to change."""
SURE_OF_A_CHANGE = 0.4
BARE_YES = 2
ASKED_ENOUGH = 2
"""How often a plan is asked for before it is left open: what the parent tells next is more than that."""
"""Words of a yes that tells nothing of what was asked."""
_CHANGE = "change_letter"


class ValidateLetterForm(RepairingForm):
    """Take what a turn gives to the letter; whatever is asked beside it is answered by its own rule."""

    form = LETTER_FORM
    steps = LETTER_STEPS

    @property
    def yields_to(self) -> frozenset[str]:
        """A call is booked or changed by its own form."""
        return frozenset({"book_consultation", "change_booking"})

    def owns(self, step: str, turn: Turn) -> bool:
        """Tell whether words that look like an act of the talk are this step's answer."""
        # "they stop the reading group and skip his breaks" is what happened, and no word about the form
        if step == CHECKED:
            # "no thanks" to "would you like a change?", or "done"
            return declines(turn.text) or is_finished(turn)
        return len(turn.text.split()) > FEW_WORDS and "?" not in turn.text

    def is_question_to_us(self, turn: Turn) -> bool:
        """What is asked in the middle of a letter is answered, and never written into it."""
        return asks_us(turn)

    def about_itself(self, turn: Turn) -> list[str]:
        """Nothing: what a letter is for is answered by the letters' own texts."""
        return []

    def skipped(self, step: str, tracker: Tracker, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Leave the blank of a step empty in the letter."""
        return [SlotSet(step, GIVEN if step == CHECKED else LEFT_BLANK)]

    def dropped(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Say that the letter is left."""
        say(dispatcher, SAY["stopped"], outcome="letter")
        return []

    def detail(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType] | None:
        """Let "sorry, it's an IEP" after an answer correct that answer; the letter is of that plan then, too."""
        bare = bool(turn.values("plan") or turn.values("no_plan")) and not leftover(turn)
        if not bare or self._kind(step, tracker) == "plan":
            return None
        if answered_before(tracker) and (is_follow_up(turn, memory_of(tracker)) or is_correction(turn)):
            return []
        return None

    def before(self, step: str, tracker: Tracker) -> tuple[str, ...]:
        """Return the step before, and this one."""
        place = len(asks_of(tracker)) if step == CHECKED else LETTER_STEPS.index(step)
        return (LETTER_STEPS[max(place - 1, 0)], step)

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        """Take the change of a letter that was finished before."""
        draft = draft_of(tracker)
        if turn.intent != _CHANGE or draft is None:
            return {}
        return self._change(turn, draft, tracker, dispatcher)  # of a letter that was finished before

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take what the step that was asked needs."""
        draft = draft_of(tracker)
        if draft is None:
            return {"requested_slot": None}  # a new secret of the server: nothing can be read any more
        if step == CHECKED:
            return self._change(turn, draft, tracker, dispatcher)
        if turn.values("confirm") == ["skip"] or (not turn.chosen and says_none(turn.text)):
            return {step: LEFT_BLANK}
        name = asks_of(tracker)[LETTER_STEPS.index(step)]
        blank = library().letters[draft.letter].blanks[name]
        if blank.kind == "plan":
            return self._plan(step, turn, draft, tracker)
        if blank.kind == "state" and turn.values("state"):
            state = turn.values("state")[0]
            return {step: GIVEN, "state": state, "letter": keep(draft.with_value("state", state))}
        bare_yes = turn.intent == "affirm" and len(turn.text.split()) <= BARE_YES
        if blank.kind == "state" or is_aside(turn) or bare_yes:
            return {}
        found = values_in(name, blank, turn.text, today())
        for one, value in found.items():
            draft = draft.with_value(one, value)
        return {step: GIVEN, "letter": keep(draft)} if found else {}

    def _kind(self, step: str, tracker: Tracker) -> str:
        draft, asks = draft_of(tracker), asks_of(tracker)
        place = LETTER_STEPS.index(step)
        if draft is None or place >= len(asks):
            return ""
        return library().letters[draft.letter].blanks[asks[place]].kind

    def _plan(self, step: str, turn: Turn, draft: Draft, tracker: Tracker) -> dict[str, Any]:
        plan = next(iter(turn.values("plan")), "none" if turn.values("no_plan") else None)
        if plan is None or (is_aside(turn) and not turn.chosen):
            again = int(tracker.get_slot("times_asked") or 0) >= ASKED_ENOUGH and not is_aside(turn)
            return {step: LEFT_BLANK} if again or (turn.chosen and turn.intent == "inform") else {}
        return {step: GIVEN, "plan": plan, "letter": keep(replace(draft, plan=plan))}

    # -- the letter is shown ---------------------------------------------------------------------

    def _change(
        self, turn: Turn, draft: Draft, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return what changes the letter, or ends it."""
        asked = tracker.get_slot("asked_step")
        kind = self._kind_of_change(turn, tracker)
        if turn.values("change") and kind in asks_of(tracker):  # that part is asked anew
            return {LETTER_STEPS[asks_of(tracker).index(kind)]: None, CHECKED: None, "asked_step": PICKING}
        if asked == ADDING and not turn.chosen and not is_aside(turn) and kind != "done":
            return self._shown(draft.with_added(turn.text))
        if kind == "done" or (not turn.chosen and not kind and is_finished(turn)):
            return {CHECKED: GIVEN}
        if kind in ("shorter", "longer"):
            return self._length(kind, draft, dispatcher)
        if kind == "add":
            return self._add(turn, draft, dispatcher)
        if kind in ("child", "parent", "school"):
            return self._name(kind, turn, draft, tracker, dispatcher)
        if kind == "day" or (not kind and self._says_day(turn, draft)):
            return self._day(turn, draft, tracker, dispatcher)
        plan = next(iter(turn.values("plan")), "none" if turn.values("no_plan") else "")
        if plan and not leftover(turn):
            return {"plan": plan} | self._shown(replace(draft, plan=plan))
        if kind == "part" or (not turn.chosen and not is_aside(turn) and turn.intent != "write_letter"):
            text = SAY["which_part" if kind == "part" else "which_part_or"]
            return self._which_part(draft, tracker, dispatcher, text)
        return {}

    def _kind_of_change(self, turn: Turn, tracker: Tracker) -> str:
        """Return what shall change: by a button, or learnt (`change_letter/day`); empty where no change was heard."""
        if turn.values("change"):
            return turn.values("change")[0]
        if turn.intent == "ask_repeat" and SHORTER.search(turn.text) and not answered_before(tracker):
            return "shorter"  # after an answer beside the letter that answer is meant
        if turn.intent != _CHANGE:
            return ""
        name, share = turn.point
        return name.partition("/")[2] if share >= SURE_OF_A_CHANGE else "part"

    def _shown(self, draft: Draft) -> dict[str, Any]:
        return {"letter": keep(draft), CHECKED: None, "asked_step": None}

    def _length(self, kind: str, draft: Draft, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        if kind == "shorter" and not can_be_shorter(library(), draft):
            say(dispatcher, SAY["no_shorter"], outcome="letter")
            return {CHECKED: None}
        return self._shown(replace(draft, short=kind == "shorter"))

    def _add(self, turn: Turn, draft: Draft, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        if sentence := added_in(turn.text):
            return self._shown(draft.with_added(sentence))
        say(dispatcher, SAY["what_to_add"], expects=EXPECTS, outcome="letter")
        return {CHECKED: None, "asked_step": ADDING}

    def _name(
        self, kind: str, turn: Turn, draft: Draft, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        found = child_in(turn.text) if kind == "child" else {kind: name_in(turn.text)}
        if not any(found.values()):
            return self._which_part(draft, tracker, dispatcher, SAY["which_part_or"])
        for name, value in found.items():
            draft = draft.with_value(name, value)
        return self._shown(draft)

    def _says_day(self, turn: Turn, draft: Draft) -> bool:
        few = not turn.chosen and len(turn.text.split()) <= FEW_WORDS and not is_aside(turn)
        return few and bool(_day_blanks(draft)) and read_day(turn.text, today(), past=True) is not None

    def _day(
        self, turn: Turn, draft: Draft, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take another day for the blank that holds one; in a letter with days among its words the parent picks the part."""
        blanks = _day_blanks(draft)
        if not blanks:
            return self._which_part(draft, tracker, dispatcher, SAY["no_day"])
        past = library().letters[draft.letter].blanks[blanks[0]].kind == "past_day"
        day = read_day(turn.text, today(), past=past)
        if day is None:
            return self._which_part(draft, tracker, dispatcher, SAY["which_part_or"])
        return self._shown(draft.with_value(blanks[0], day.isoformat()))

    def _which_part(
        self, draft: Draft, tracker: Tracker, dispatcher: CollectingDispatcher, text: str
    ) -> dict[str, Any]:
        speak(dispatcher, [parts_question(library(), draft, asks_of(tracker), text)])
        return {CHECKED: None, "asked_step": PICKING}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        """Say that it was not plain; the step is asked again."""
        if step != CHECKED and any(sign.isalnum() for sign in turn.text):
            say(dispatcher, SAY["not_plain"], outcome="letter")


def _day_blanks(draft: Draft) -> list[str]:
    letter = library().letters[draft.letter]
    return [name for name in letter.asks if letter.blanks[name].kind in ("past_day", "coming_day")]
