"""A question that is none of a topic's points is told from them, and topics without points are learnt behind those that have some."""

from __future__ import annotations

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.question_model import QuestionModel

LINES = {
    "ask_stay_put": ("what is stay put", "stay put meaning", "explain stay put", "what does stay put even mean"),
    "ask_stay_put/with_504": ("is there stay put with a 504", "stay put and a 504 plan", "does a 504 have stay put", "504, no iep, stay put?"),
    "ask_stay_put/after_a_move": ("we moved, does stay put come along", "stay put in the new district", "new town and stay put", "moved during the case, stay put?"),
    "ask_cost/free_for_us": ("is it free", "what does it cost us", "do we pay for the plan", "any bill for the iep"),
    "ask_repeat": ("huh", "what?", "say that again", "come again"),
}  # fmt: skip


def test_a_general_question_is_none_of_the_points() -> None:
    model = QuestionModel(shared_encoder())
    model.train(
        [text for own in LINES.values() for text in own], [i for i, own in LINES.items() for _ in own]
    )
    assert model.points["ask_stay_put"] == [
        "ask_stay_put",
        "ask_stay_put/after_a_move",
        "ask_stay_put/with_504",
    ]
    general = model.guess("so what does stay put mean").within("ask_stay_put")
    assert general[0][0] == "ask_stay_put"
    pointed = model.guess("we have a 504, is there stay put").within("ask_stay_put")
    assert pointed[0][0] == "ask_stay_put/with_504"
    assert set(model.points) == {"ask_stay_put", "ask_cost"}  # ask_repeat has none, and needs no class
