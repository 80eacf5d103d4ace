from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.danger import Said
from assistant.talk.heeding import BOOK, heeding
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Memory, Named, Turn

TODAY = date(2026, 12, 1)


def answer(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Answer anything, and offer the call below it."""
    buttons = [Button("Next", "/ask_cost"), Button("Book a free call", BOOK)]
    return [Reply("An answer.", "answered", buttons)], memory.with_(pending="call")


def stop(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    return [Reply(PHRASES.stopped, "asked")], memory


def test_the_call_is_offered_no_more(small: Library) -> None:
    replies, memory = heeding(answer)(Turn("i dont want a call", "ask_cost"), Memory(), small, TODAY)
    assert [reply.text for reply in replies] == [PHRASES.call_declined]
    replies, memory = heeding(answer)(Turn("how long", "ask_cost"), memory, small, TODAY)
    assert [button.payload for button in replies[0].buttons] == ["/ask_cost"]
    assert memory.pending is None


def test_what_is_asked_beside_it_is_answered(small: Library) -> None:
    turn = Turn("i dont want a call. how long does it take", "ask_cost")
    replies, memory = heeding(answer)(turn, Memory(), small, TODAY)
    assert replies[0].text == "An answer."
    assert memory.call_declined


def test_a_call_is_offered_where_nobody_minds(small: Library) -> None:
    replies, memory = heeding(answer)(Turn("how long", "ask_cost"), Memory(), small, TODAY)
    assert replies[0].buttons[-1].payload == BOOK
    assert memory.pending == "call"


@pytest.mark.parametrize("text", ["stop asking me that", "dont ask me which plan it is again"])
def test_nothing_is_asked_again(text: str, small: Library) -> None:
    replies, memory = heeding(stop)(Turn(text, "stop"), Memory(), small, TODAY)
    assert [reply.text for reply in replies] == [PHRASES.not_asked_again]
    assert (memory.plan_asked, memory.state_asked) == (True, True)


def test_what_is_told_beside_it_is_taken(small: Library) -> None:
    text = "stop asking me that, we have no plan"
    turn = Turn(text, "stop", entities=(Named("no_plan", "none", text.index("no plan"), len(text)),))
    asked = Memory(question="ask_cost", told=["ask_cost@either"])
    replies, memory = heeding(stop)(turn, asked, small, TODAY)
    assert memory.plan == "none"
    assert replies[0].text != PHRASES.stopped


def test_in_danger_the_words_are_left_to_the_lines(small: Library) -> None:
    turn = Turn("i dont want a call", "crisis")
    replies, _ = heeding(answer)(turn, Memory(), small, TODAY)
    assert replies[0].text == "An answer."


def test_not_what_i_asked_is_heard_whatever_it_seems(small: Library) -> None:
    memory = Memory(question="ask_cost", told=["ask_cost@either"])
    replies, _ = heeding(answer)(Turn("i didnt ask that", "ask_consent"), memory, small, TODAY)
    assert replies[0].text in (PHRASES.not_helpful, PHRASES.not_what_asked)
