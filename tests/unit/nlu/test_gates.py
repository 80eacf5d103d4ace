from __future__ import annotations

import pytest

from assistant.nlu.gates import FALLBACK, Gates
from assistant.nlu.question_model import Guess


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        ((("ask_cost", 0.9), ("out_of_scope", 0.05)), "ask_cost"),
        ((("ask_cost", 0.7), ("out_of_scope", 0.2)), "out_of_scope"),
        ((("ask_cost", 0.3), ("out_of_scope", 0.05)), "out_of_scope"),
        ((("ask_cost", 0.15), ("ask_esy", 0.14)), FALLBACK),
        ((("crisis", 0.9), ("ask_bullying", 0.05)), "crisis"),
        ((("crisis", 0.6), ("ask_bullying", 0.3)), "ask_bullying"),
        ((("crisis", 0.75), ("ask_bullying", 0.2)), "ask_bullying"),
        ((("crisis", 0.75), ("out_of_scope", 0.2)), "out_of_scope"),
        # without danger, what is left of the guess is as sure as it would be by itself
        ((("crisis", 0.75), ("ask_services", 0.15), ("out_of_scope", 0.02)), "ask_services"),
        ((("crisis", 0.6), ("share_feelings", 0.3)), "share_feelings"),
        ((("crisis", 1.0),), "crisis"),
        ((("feedback_positive", 0.3), ("ask_review", 0.2)), FALLBACK),
        ((("thank", 0.9), ("ask_review", 0.05)), "thank"),
        ((("ask_good_grades", 0.8), ("write_letter", 0.15)), "write_letter"),
        ((("book_consultation", 0.8), ("write_letter", 0.15)), "book_consultation"),
    ],
)
def test_the_gates_decide(ranking: tuple[tuple[str, float], ...], intent: str) -> None:
    assert (
        Gates(stranger=0.15, hint=0.03, doubt=0.4, unsure=0.2, danger=0.8).decide(Guess(ranking))[0] == intent
    )
