"""What the parent may do next, below the last answer of a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.knowledge.library import Library
from assistant.talk.answering import (
    ask_button,
    assembled,
    general_buttons,
    letter_button,
    plan_buttons,
    plan_matters,
    point_of,
    state_buttons,
)
from assistant.talk.meant import each_once
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.telling import Told
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question

ANSWERS_BETWEEN_OFFERS = 5


def lead_on(
    told: Told,
    reply: Reply,
    question: Question,
    later: list[Question],
    memory: Memory,
    library: Library,
) -> tuple[Reply, Memory]:
    """Add what the parent may do next: other questions of the message, the plan, the state, the next points, the call."""
    full = library.answers[question.intent]
    buttons = [ask_button(library, other.point or other.intent) for other in later]
    ask = reply.ask
    if _in_general(told, question):
        buttons += general_buttons(library, question.intent)
    if _plan_is_open(told, question, memory, library):
        both = _state_is_open(told, memory, library)
        ask = f"{ask} {PHRASES.which_plan_and_state if both else PHRASES.which_plan}".strip()
        buttons += [*(reply.buttons if reply.ask else ()), *plan_buttons()]
        memory = memory.with_(plan_asked=True, state_asked=both or memory.state_asked)
    elif _state_is_open(told, memory, library):
        ask = PHRASES.which_state
        # What parents ask next comes with the state's own answer: here it would look like an answer to this question.
        buttons += [*state_buttons(library), *letter_button(library, library.points[told.point].letter)]
        memory = memory.with_(state_asked=True)
    else:
        buttons += _fresh(reply.buttons, memory, library)
    memory = memory.with_(since_offer=memory.since_offer + 1)
    offers_call = (
        full.next[:1] == ("book_consultation",) and not memory.call_declined
    )  # the answer itself does: a "yes" books it
    if not offers_call and not ask and _may_offer_call(full.offer_call, memory):
        offers_call, ask = True, PHRASES.offer_call
        buttons.insert(0, ask_button(library, "book_consultation"))  # right below the words that offer it
    if offers_call:
        memory = memory.with_(since_offer=0, pending="call")
    reply = replace(reply, ask=ask, buttons=each_once(buttons))
    return (assembled(reply) if reply.body else reply), memory


def _in_general(told: Told, question: Question) -> bool:
    """Whether a topic was answered in general: no point of it, for no condition, about no term."""
    return not told.point and question.condition is None and question.term is None


def _plan_is_open(told: Told, question: Question, memory: Memory, library: Library) -> bool:
    """Whether the plan is not known, was not asked for, and would change what was just said."""
    if question.plan is not None or memory.plan_asked or question.intent == "ask_term":
        return False
    if library.is_about(question.intent, "both_plans"):
        return False
    if told.point:
        return len(library.points[told.point].says) > 1
    return plan_matters(library.answers[question.intent])


def _state_is_open(told: Told, memory: Memory, library: Library) -> bool:
    """Whether the state is not known, was not asked for, and would change what was just said."""
    asks = bool(told.point) and library.points[told.point].by_state
    return asks and memory.state is None and not memory.state_asked


def _fresh(buttons: Sequence[Button], memory: Memory, library: Library) -> list[Button]:
    """Return the buttons without the points that were told, and without those for children of another age or for who else may write."""
    told = {key.partition("@")[0] for key in memory.told or ()}

    def fresh(button: Button) -> bool:
        point = library.points.get(point_of(button))
        return point is None or (
            point.name not in told and point.meant_for(memory.child.ages, memory.child.writer)
        )

    return [button for button in buttons if fresh(button)]


def _may_offer_call(natural: bool, memory: Memory) -> bool:
    return (
        natural
        and memory.since_offer >= ANSWERS_BETWEEN_OFFERS
        and not (memory.call_declined or memory.after_crisis)
    )
