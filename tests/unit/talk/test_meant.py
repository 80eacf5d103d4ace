"""Which question a turn means where it is taken for something else."""

from __future__ import annotations

from collections.abc import Callable

from assistant.knowledge.library import Library
from assistant.talk.meant import (
    as_question,
    asking,
    each_once,
    likeliest_point,
    meant_instead,
    nearest,
    said_about,
)
from assistant.talk.reply import Button
from assistant.talk.turn import Turn

MakeTurn = Callable[..., Turn]


def test_a_turn_asks_a_point_surely(said: MakeTurn) -> None:
    turn = asking(said("no, the other thing", deny=0.9), "ask_team/leave_early")
    assert (turn.intent, turn.point, turn.confidences) == ("ask_team", ("ask_team/leave_early", 1.0), (1.0,))


def test_an_act_that_is_none_is_the_likeliest_question_or_not_understood(
    said: MakeTurn, small: Library
) -> None:
    assert as_question(said("they start over", stop=0.8, ask_team=0.15), small).intent == "ask_team"
    assert as_question(said("they start over", stop=0.95, ask_team=0.04), small).intent == "nlu_fallback"


def test_beside_a_no_a_question_has_to_stand_out_among_the_questions(said: MakeTurn, small: Library) -> None:
    assert meant_instead(said("no", deny=0.99, ask_cost=0.006, ask_team=0.001), small) == "ask_cost"
    even = {"ask_cost": 0.002, "ask_team": 0.002, "ask_term": 0.002, "ask_difference": 0.002}
    assert meant_instead(said("no", deny=0.99, **even), small) is None
    assert meant_instead(said("no", deny=0.99), small) is None


def test_what_was_said_about_names_no_question_about_ourselves(said: MakeTurn, small: Library) -> None:
    turn = said("what did you say about the team", ask_repeat=0.5, ask_privacy=0.3, ask_team=0.15)
    assert said_about(turn, small) == "ask_team"


def test_the_nearest_are_live_points_then_topics(said: MakeTurn, small: Library) -> None:
    turn = said("hm", ask_team=0.2, ask_privacy=0.1, ask_cost=0.1)
    assert [button.payload for button in nearest(turn, small)] == ["/ask_team", "/ask_cost"]
    assert likeliest_point("ask_team", turn, small) == "ask_team"


def test_a_title_stands_on_one_button() -> None:
    once = each_once([Button("A", "/one"), Button("B", "/two"), Button("A", "/three")])
    assert [button.payload for button in once] == ["/three", "/two"]
