"""Two answers to one message: both are seen first. Two points of which one is meant are told in short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library, library
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import answer
from assistant.talk.reply import Reply
from assistant.talk.sentences import act
from assistant.talk.telling import URGENT_OF_TWO
from assistant.talk.turn import Memory, OneQuestion, Turn
from assistant.talk.two_at_once import details_last

TODAY = date(2026, 11, 29)
FIRST, SECOND = "ask_team/who_must_come", "ask_team/leave_early"


def asking(**fields: object) -> Turn:
    return Turn(
        "who has to come or can they leave", "ask_team", ("ask_team",), confidences=(0.9,),
        points=((FIRST, 0.45), (SECOND, 0.4)), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def test_what_stands_behind_the_first_answer_comes_behind_both() -> None:
    first = Reply("", heading="One?", body="Yes.", script="Please [do].", more="Steps of one.")
    second = Reply("", heading="Two?", body="No.", more="Steps of two.")
    one, two = details_last([first, second])
    assert one.text == "**One?**\n\nYes."
    assert two.text.startswith("**Two?**\n\nNo.\n\nSteps of two.\n\n**One?**")
    assert two.text.endswith("> Please [do].\n\nSteps of one.")
    assert two.more_title == PHRASES.more_of_both


def test_one_answer_and_words_without_a_heading_stay_as_they_are() -> None:
    alone = [Reply("Hello", more="x")]
    assert details_last(alone) == alone
    assert details_last([*alone, *alone]) == [*alone, *alone]


def test_two_questions_are_answered_in_their_order_and_their_details_follow(small: Library) -> None:
    scripts = {FIRST: replace(small.points[FIRST], script={"iep": "Please send me [paper]."})}
    library = replace(small, points={**small.points, **scripts})
    turn = asking(questions=(OneQuestion("ask_team", FIRST, 0.9), OneQuestion("ask_team", SECOND, 0.9)))
    (one, two), _ = answer(turn, Memory(plan="iep"), library, TODAY)
    assert [reply.answer and reply.answer.point for reply in (one, two)] == [FIRST, SECOND]
    assert "Please send me" not in one.text
    assert "Please send me" in two.text


def test_two_points_of_which_neither_is_sure_are_told_in_short(small: Library) -> None:
    replies, after = answer(asking(rival=SECOND, unsure=True), Memory(plan="iep"), small, TODAY)
    assert [reply.answer and reply.answer.point for reply in replies] == [FIRST, SECOND]
    assert all(len(reply.body.split()) <= 40 and not reply.more for reply in replies)
    assert replies[-1].ask == PHRASES.which_of_two
    assert [button.title for button in replies[-1].buttons] == [
        f"Question of {FIRST}?",
        f"Question of {SECOND}?",
    ]
    assert after.last == FIRST, "what leans on the talk next leans on the likelier one"


def test_what_cannot_wait_is_told_of_a_pair_too(small: Library) -> None:
    late = "Hearing tomorrow? Email tonight for a later date and the papers. Sign nothing there. When they open, call your state's disability rights agency or legal aid."
    words = "The case manager has to come. Write to her tonight. Say who else you want there."
    urgent = {FIRST: replace(small.points[FIRST], says={"either": words}, urgent=late)}
    (first, second), _ = answer(
        asking(rival=SECOND, unsure=True), Memory(), replace(small, points={**small.points, **urgent}), TODAY
    )
    assert first.body == (
        "The case manager has to come. Write to her tonight.\n\n"
        "Hearing tomorrow? Email tonight for a later date and the papers. Sign nothing there."
    )
    assert "Hearing" not in second.text


def test_what_cannot_wait_fits_beside_another_answer() -> None:
    long = {
        name: act(point.urgent, URGENT_OF_TWO)
        for name, point in library().points.items()
        if len(act(point.urgent, URGENT_OF_TWO).split()) > URGENT_OF_TWO
    }
    assert long == {}, "its first act is a short sentence of its own; what comes after it is another one"


def test_the_whole_of_one_of_two_is_told_when_its_button_is_pressed(small: Library) -> None:
    whole = "The case manager has to come. " + "Write to her tonight and say who else you want there. " * 3
    library = replace(
        small, points={**small.points, FIRST: replace(small.points[FIRST], says={"either": whole})}
    )
    (first, _), after = answer(asking(rival=SECOND, unsure=True), Memory(), library, TODAY)
    assert whole.startswith(first.body) and len(first.body) < len(whole)
    pressed = Turn("/ask_team", "ask_team", points=((FIRST, 1.0),))
    (reply,), _ = answer(pressed, after, library, TODAY)
    assert reply.body.startswith(whole)


def test_a_rival_of_a_surer_point_is_the_first_button(small: Library) -> None:
    (reply,), _ = answer(asking(rival=SECOND), Memory(plan="iep"), small, TODAY)
    assert reply.answer and reply.answer.point == FIRST
    assert reply.buttons[0].title == f"Question of {SECOND}?"


def test_asked_again_the_words_mean_the_rival(small: Library) -> None:
    _, after = answer(asking(rival=SECOND), Memory(plan="iep"), small, TODAY)
    (reply,), _ = answer(asking(rival=SECOND), after, small, TODAY)
    assert reply.answer and reply.answer.point == SECOND


def test_a_rival_that_is_switched_off_is_not_named(small: Library) -> None:
    library = replace(small, points={**small.points, SECOND: replace(small.points[SECOND], status="off")})
    turn = replace(asking(rival=SECOND, unsure=True), points=((FIRST, 0.9), (SECOND, 0.4)))
    (reply,), _ = answer(turn, Memory(plan="iep"), library, TODAY)
    assert reply.answer and reply.answer.point == FIRST
    assert reply.ask != PHRASES.which_of_two


def test_where_a_child_may_be_in_danger_it_is_said_first_and_nothing_is_shortened(small: Library) -> None:
    now = replace(small.points[FIRST], urgent="Hard to breathe? Call 911 now.", urgent_first=True)
    library = replace(small, points={**small.points, FIRST: now})
    (reply,), _ = answer(asking(rival=SECOND, unsure=True), Memory(plan="iep"), library, TODAY)
    assert reply.body.startswith("Hard to breathe? Call 911 now.\n\n" + f"{FIRST} for iep.")
    assert reply.body.count("911") == 1


def test_what_is_said_without_a_plan_is_no_rival_for_who_has_one(small: Library) -> None:
    without = replace(
        small.points[SECOND], says={"either": "Write to the principal.", "none": "Write to him."}
    )
    library = replace(small, points={**small.points, SECOND: without})
    (reply,), _ = answer(asking(rival=SECOND, unsure=True), Memory(plan="iep"), library, TODAY)
    assert reply.answer and reply.answer.point == FIRST
    assert len(answer(asking(rival=SECOND, unsure=True), Memory(), library, TODAY)[0]) == 2
