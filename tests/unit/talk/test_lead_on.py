"""What the parent may do next, below an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.lead_on import ANSWERS_BETWEEN_OFFERS, lead_on
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.telling import tell
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question

DAY = date(2026, 12, 1)


def led(
    library: Library, memory: Memory, intent: str = "ask_cost", plan: str | None = "iep"
) -> tuple[Reply, Memory]:
    question = Question(intent, plan)
    told = tell(question, memory, library, DAY)
    return lead_on(told, told.reply, question, [], memory, library)


def test_the_plan_is_asked_for_once_where_it_changes_the_answer(small: Library) -> None:
    reply, after = led(small, Memory(), plan=None)
    assert reply.ask == PHRASES.which_plan and after.plan_asked
    reply, _ = led(small, after, plan=None)
    assert PHRASES.which_plan not in reply.ask


def test_the_call_is_offered_after_some_answers_and_not_once_declined(small: Library) -> None:
    books = replace(
        small, answers=dict(small.answers, ask_cost=replace(small.answers["ask_cost"], offer_call=True))
    )
    often = Memory(since_offer=ANSWERS_BETWEEN_OFFERS - 1)
    reply, after = led(books, often)
    assert reply.buttons[0].payload == "/book_consultation"  # right below the words that offer it
    assert reply.ask == PHRASES.offer_call and (after.pending, after.since_offer) == ("call", 0)
    reply, after = led(books, often.with_(call_declined=True))
    assert reply.ask == "" and after.pending is None
    reply, after = led(books, Memory(since_offer=0))
    assert reply.ask == "" and after.since_offer == 1
