"""A point is told where it is surely meant, nothing is told twice, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.acts import not_helpful
from assistant.talk.answering import MOST_WORDS, state_buttons
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import answer
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Named, OneQuestion, Turn

TODAY = date(2026, 11, 29)
FIRST, SECOND = "ask_team/who_must_come", "ask_team/leave_early"


def asking(*points: tuple[str, float], text: str = "who has to come", **fields: object) -> Turn:
    return Turn(text, "ask_team", ("ask_team",), confidences=(0.9,), points=points, **fields)  # type: ignore[arg-type]


def said(turn: Turn, memory: Memory, library: Library) -> tuple[Reply, Memory]:
    replies, after = answer(turn, memory, library, TODAY)
    return replies[-1], after


def test_a_sure_point_is_told_under_its_question(small: Library) -> None:
    reply, after = said(asking((FIRST, 0.8)), Memory(plan="iep"), small)
    assert reply.heading == f"Question of {FIRST}?"
    assert reply.body.startswith(f"{FIRST} for iep.")
    assert reply.answer and (reply.answer.point, reply.answer.intent, reply.answer.plan) == (
        FIRST,
        "ask_team",
        "iep",
    )
    assert [button.payload for button in reply.buttons] == ['/ask_team{"point": "leave_early"}']
    assert after.last == FIRST


def test_every_part_is_in_the_text(small: Library) -> None:
    points = {**small.points, FIRST: replace(small.points[FIRST], script={"iep": "Please send me [paper]."})}
    reply, _ = said(asking((FIRST, 0.8)), Memory(plan="iep"), replace(small, points=points))
    assert reply.script == "Please send me [paper]."
    assert all(
        part in reply.text for part in (reply.heading, reply.body, reply.script, reply.more, reply.ask)
    )


def test_an_unsure_point_gets_the_topic_in_general_and_the_nearest(small: Library) -> None:
    reply, _ = said(asking((FIRST, 0.25), (SECOND, 0.2)), Memory(plan="iep"), small)
    assert reply.heading == "In general: Title of ask_team"
    assert reply.answer and reply.answer.point is None
    assert [button.title for button in reply.buttons] == [f"Question of {FIRST}?", f"Question of {SECOND}?"]
    assert reply.ask == PHRASES.which_point


def test_nothing_is_told_twice(small: Library) -> None:
    memory, texts = Memory(plan="iep", plan_asked=True), []
    for _ in range(5):
        reply, memory = said(asking((FIRST, 0.7), (SECOND, 0.25)), memory, small)
        texts.append(reply.body)
    assert texts[0].startswith(FIRST) and texts[1].startswith("Once more: ") and texts[2].startswith(SECOND)
    assert texts[3] == "ask_team for iep." and texts[4] == "Simple ask_team."
    reply, _ = said(asking((FIRST, 0.7)), memory, small)
    assert reply.body == PHRASES.all_told


def test_the_topics_steps_come_once(small: Library) -> None:
    reply, memory = said(asking((FIRST, 0.8)), Memory(plan="iep"), small)
    assert reply.more == "Steps of ask_team." and reply.more_title
    reply, _ = said(asking((SECOND, 0.8)), memory, small)
    assert reply.more == ""


def test_a_correction_answers_the_same_point_for_the_new_plan(small: Library) -> None:
    _, memory = said(asking((FIRST, 0.8)), Memory(plan="504"), small)
    text = "no wait, its an iep"
    turn = Turn(text, "inform", ("inform",), (Named("plan", "iep", 16, 19),), confidences=(0.9,))
    reply, _ = said(turn, memory, small)
    assert reply.answer and (reply.answer.point, reply.answer.plan) == (FIRST, "iep")


def test_a_point_that_is_the_same_for_the_other_plan_says_so(small: Library) -> None:
    _, memory = said(asking((SECOND, 0.8)), Memory(plan="504"), small)
    turn = Turn("its an iep", "inform", ("inform",), (Named("plan", "iep", 7, 10),), confidences=(0.9,))
    reply, _ = said(turn, memory, small)
    assert reply.body == PHRASES.holds_too["iep"]


def test_who_asks_on_for_the_other_plan_gets_what_the_topic_says_of_it(small: Library) -> None:
    _, memory = said(asking((SECOND, 0.8)), Memory(plan="504"), small)
    turn = Turn("and an iep?", "inform", ("inform",), (Named("plan", "iep", 7, 10),), confidences=(0.9,))
    reply, _ = said(turn, memory, small)
    assert (reply.body, reply.answer and reply.answer.plan) == ("ask_team for iep.", "iep")


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("The school may not wait.", {"504", "iep", "none"}),
        ("Bring the plan on the first day.", {"504", "iep"}),
        ("Federal law names no days for a 504 plan.", {"504"}),
        ("An IEP takes a meeting; a 504 plan an evaluation.", {"504", "iep"}),
    ],
)
def test_words_that_name_one_plan_are_not_said_to_hold_for_the_other(
    words: str, holds: set[str], small: Library
) -> None:
    points = dict(small.points)
    points[SECOND] = replace(points[SECOND], says={"either": words})
    library = replace(small, points=points)
    for plan in ("504", "iep", "none"):
        _, memory = said(asking((SECOND, 0.8)), Memory(), library)
        kind = "no_plan" if plan == "none" else "plan"
        turn = Turn("it", "inform", ("inform",), (Named(kind, plan, 0, 2),), confidences=(0.9,))
        reply, _ = said(turn, memory, library)
        assert (reply.body == PHRASES.holds_too[plan]) == (plan in holds)
        assert reply.answer and (plan in holds) == (reply.answer.point == SECOND)


def test_the_states_own_rule_comes_first(small: Library) -> None:
    own = small.packs["Texas"].facts["recording"]
    reply, _ = said(asking(("ask_team/in_texas", 0.9)), Memory(state="Texas"), small)
    assert reply.body.startswith(own.says[:40])
    assert reply.answer and reply.answer.state == "Texas"


def test_the_state_is_asked_for_once_where_it_matters(small: Library) -> None:
    reply, memory = said(asking(("ask_team/in_texas", 0.9)), Memory(), small)
    assert reply.ask == PHRASES.which_state and memory.state_asked
    assert [button.title for button in reply.buttons] == [one.title for one in state_buttons(small)]
    turn = Turn("texas", "inform", ("inform",), (Named("state", "Texas", 0, 5),), confidences=(0.9,))
    reply, _ = said(turn, memory, small)
    assert reply.answer and reply.answer.state == "Texas"


def test_two_questions_are_told_under_two_headings(small: Library) -> None:
    two = (OneQuestion("ask_team", FIRST, 0.8), OneQuestion("ask_team", SECOND, 0.8))
    replies, _ = answer(asking((FIRST, 0.8), questions=two), Memory(plan="iep"), small, TODAY)
    assert [reply.heading for reply in replies] == [f"Question of {FIRST}?", f"Question of {SECOND}?"]


@pytest.mark.parametrize("name", ["ask_team/being_checked", "ask_team/being_written"])
def test_words_that_are_not_live_are_not_said(small: Library, name: str) -> None:
    reply, _ = said(asking((name, 0.9)), Memory(plan="iep"), small)
    assert name not in reply.text
    assert (PHRASES.not_said_now in reply.text) == (small.points[name].status == "off")


def test_thats_not_what_i_asked_tells_what_came_next(small: Library) -> None:
    _, memory = said(asking((FIRST, 0.8), (SECOND, 0.1)), Memory(plan="iep"), small)
    turn = Turn("thats not what i asked", "feedback_negative", ("feedback_negative",), confidences=(0.9,))
    replies, after = not_helpful(turn, memory, small, TODAY)
    assert replies[0].text == PHRASES.not_what_asked
    assert [reply.answer.point for reply in replies if reply.answer] == [SECOND]
    replies, _ = not_helpful(
        turn, after, small, TODAY
    )  # nothing is left: people read it, and a person may help
    assert replies[-1].text == PHRASES.not_helpful


def test_a_mere_complaint_offers_what_came_next(small: Library) -> None:
    _, memory = said(asking((FIRST, 0.8), (SECOND, 0.1)), Memory(plan="iep"), small)
    turn = Turn("this is useless", "feedback_negative", ("feedback_negative",), confidences=(0.9,))
    replies, _ = not_helpful(turn, memory, small, TODAY)
    assert replies[0].buttons[0].title == f"Question of {SECOND}?"


def test_a_button_names_its_point_surely() -> None:
    turn = Turn('/ask_team{"point": "leave_early"}', "ask_team", entities=(Named("point", "leave_early"),))
    assert turn.point == (SECOND, 1.0)


LONG = (
    "The federal rule is this. " + "It goes on for many more words, and then it says what to do tonight. " * 8
)


def test_beside_the_states_rule_the_federal_part_gives_way_from_its_end(small: Library) -> None:
    point = replace(small.points["ask_team/in_texas"], says={"either": LONG.strip()})
    library = replace(small, points={**small.points, point.name: point})
    reply, _ = said(asking((point.name, 0.9)), Memory(state="Texas"), library)
    assert "The federal rule is this." in reply.body
    assert len(reply.body.split()) <= MOST_WORDS
    reply, _ = said(asking((point.name, 0.9)), Memory(), library)
    assert reply.body == LONG.strip()


def test_who_helps_in_the_state_follows_the_answer(small: Library) -> None:
    point = replace(small.points[SECOND], helps=("parent_center", "protection_advocacy"))
    library = replace(small, points={**small.points, SECOND: point})
    reply, memory = said(asking((SECOND, 0.9)), Memory(), library)
    assert reply.ask == PHRASES.which_state
    turn = Turn("texas", "inform", ("inform",), (Named("state", "Texas", 0, 5),), confidences=(0.9,))
    reply, _ = said(turn, memory, library)
    assert reply.body.startswith(point.says["either"])
    assert "Disability Rights Texas" in reply.body and "prntexas.org" in reply.body
    assert reply.answer and reply.answer.state == "Texas"


def test_a_504_plan_gets_no_limit_of_special_education(small: Library) -> None:
    point = replace(small.points[SECOND], states=("evaluation_clock",))
    library = replace(small, points={**small.points, SECOND: point})
    reply, _ = said(asking((SECOND, 0.9)), Memory(state="Texas", plan="504"), library)
    assert reply.body == f"{point.says['either']} {PHRASES.state_iep_only.format(state='Texas')}"


def in_texas(text: str = "who has to come", *states: str) -> Turn:
    named = tuple(Named("state", state, 0, 5) for state in states)
    return Turn(
        text, "ask_team", ("ask_team",), named, confidences=(0.9,), points=(("ask_team/in_texas", 0.9),)
    )


def test_a_state_told_in_the_first_message_is_used_at_once_and_not_asked_for(small: Library) -> None:
    reply, memory = said(in_texas("texas, may i record it", "Texas"), Memory(), small)
    assert reply.answer and reply.answer.state == "Texas"
    assert reply.ask != PHRASES.which_state and not memory.state_asked


def test_the_state_is_not_asked_for_twice(small: Library) -> None:
    again = replace(small.points["ask_team/in_texas"], name="ask_team/again", asks="What else?")
    library = replace(small, points={**small.points, again.name: again})
    _, memory = said(in_texas(), Memory(), library)
    assert memory.state_asked
    reply, _ = said(asking((again.name, 0.9)), memory, library)
    assert reply.answer and reply.answer.point == again.name and reply.ask != PHRASES.which_state


def test_of_two_states_none_is_taken_for_the_familys(small: Library) -> None:
    reply, memory = said(in_texas("texas or ohio", "Texas", "Ohio"), Memory(), small)
    assert memory.state is None and reply.answer and reply.answer.state is None
    _, memory = said(in_texas("texas or ohio", "Texas", "Ohio"), Memory(state="Ohio"), small)
    assert memory.state == "Ohio"


def test_a_state_without_a_rule_gets_the_federal_one_with_its_caveat(small: Library) -> None:
    library = replace(small, packs={**small.packs, "Texas": replace(small.packs["Texas"], facts={})})
    reply, _ = said(in_texas("texas, may i record it", "Texas"), Memory(), library)
    assert reply.body.startswith("ask_team/in_texas for either.")
    assert PHRASES.state_unknown.format(state="Texas") in reply.body


@pytest.mark.parametrize(
    ("text", "sure", "outcome"),
    [
        ("im not alone my sister just came", 0.3, "crisis"),
        ("who has to come to the meeting?", 0.3, "answered"),
        ("they want a meeting about his iep on monday", 0.9, "answered"),
    ],
)
def test_after_danger_only_what_asks_leads_back_to_the_school(
    text: str, sure: float, outcome: str, small: Library
) -> None:
    turn = Turn(text, "ask_team", ("ask_team",), confidences=(sure,), points=((FIRST, 0.8),))
    reply, after = said(turn, Memory(after_crisis=True, since_offer=9, plan="iep"), small)
    assert reply.outcome == outcome
    assert after.after_crisis == (outcome == "crisis")
    assert "Book a free call" not in [button.title for button in reply.buttons]  # nothing is sold right after


def test_a_state_that_is_corrected_is_no_thanks_for_the_plan(small: Library) -> None:
    _, memory = said(asking(("ask_team/in_texas", 0.9)), Memory(plan="iep", state="Texas"), small)
    turn = Turn(
        "sorry i meant oregon", "inform", ("inform",), (Named("state", "Oregon", 14, 20),), confidences=(0.9,)
    )
    reply, _ = said(turn, memory, small)
    assert PHRASES.corrected["iep"] not in reply.body
