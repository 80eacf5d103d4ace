"""Every kind of turn has a function, and no prompt is said twice in the same words."""

from __future__ import annotations

from datetime import date

from assistant.knowledge.library import library
from assistant.talk.conversation import TURNS, not_twice
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Button, Reply
from assistant.talk.turn import Memory, Turn


def test_the_same_prompt_is_said_in_other_words_with_the_same_buttons() -> None:
    asks = Reply("All right.", "asked", [Button("Book a free call", "/book_consultation")])
    (said,) = not_twice([asks], "All right.")
    assert (said.text, said.buttons) == (PHRASES.hello_still, asks.buttons)
    assert not_twice([asks], "Good.") == [asks]


def test_an_answer_and_the_words_for_danger_may_come_twice() -> None:
    for reply in (
        Reply("60 days.", answer=Answered("ask_timeline", "iep", "2026-11-01")),
        Reply("988.", "crisis"),
    ):
        assert not_twice([reply], reply.text) == [reply]


def test_is_that_true_is_no_yes_no_complaint_and_no_strangers() -> None:
    for name in ("affirm", "deny", "not_helpful", "out_of_scope"):
        replies, _ = TURNS[name](
            Turn("is that true", name, (name,), (), (), (0.9,)), Memory(), library(), date(2026, 12, 1)
        )
        assert replies[0].outcome == "clarify", name
