"""An answer about a condition carries that condition's words, how to ask, and whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.knowledge.answers import Frame, Text
from assistant.knowledge.conditions import Condition
from assistant.knowledge.library import Library, library
from assistant.talk.answering import compose, compose_point, point_button, point_of, simpler
from assistant.talk.questions import answer
from assistant.talk.reply import Button
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import Question
from tests.unit.talk.conftest import make_answer

TODAY = date(2026, 11, 24)
FRAMES = {
    "504": Frame("For {condition}, ask for these.", "Email the principal.", "You can ask for these."),
    "either": Frame("For {condition}, families ask for these.", "Email the school."),
}
HAY_FEVER = Condition(
    id="hay_fever",
    name="Hay fever",
    aliases=("hay fever",),
    aliases_whole=(),
    medical=False,
    texts={
        "504": Text("It can, for a 504 plan.", "Bring the doctor's letter.", "Maybe."),
        "either": Text("It may."),
    },
    supports=("Tissues", "Windows shut", "Tests indoors", "No mowing", "Rest"),
    facts=("s504_episodic",),
)


@pytest.fixture
def about_hay_fever(small: Library) -> Library:
    answers = {
        intent: replace(
            make_answer(intent, about="condition"),
            by_condition=FRAMES,
            contact={"504": "principal"},
            caveat="States differ.",
        )
        for intent in ("ask_condition_qualifies", "ask_accommodation_examples")
    }
    return replace(small, answers=answers, conditions={"hay_fever": HAY_FEVER})


def with_medical(library: Library) -> Library:
    frame = {"medical": Frame("See the nurse about {condition}.", "One page for every adult.")}
    answers = {
        intent: replace(answer, by_condition={**answer.by_condition, **frame})
        for intent, answer in library.answers.items()
    }
    return replace(library, answers=answers, conditions={"hay_fever": replace(HAY_FEVER, medical=True)})


def asks(intent: str, plan: str | None) -> Question:
    return Question(intent, plan, "hay_fever", None, None)


def test_supports_come_first_three_at_once_then_the_rest_and_how_to_ask(about_hay_fever: Library) -> None:
    reply = compose(about_hay_fever, asks("ask_accommodation_examples", "504"), TODAY)
    assert reply.text == (
        "For hay fever, ask for these.\n\n- Tissues\n- Windows shut\n- Tests indoors\n\n"
        "- No mowing\n- Rest\n\nEmail the principal."
    )
    assert reply.more == "- No mowing\n- Rest\n\nEmail the principal."
    assert reply.card == {}


def test_simpler_supports_are_a_short_list(about_hay_fever: Library) -> None:
    reply = simpler(about_hay_fever, asks("ask_accommodation_examples", "504"), shorter=False)
    assert reply.text == "You can ask for these.\n\n- Tissues\n- Windows shut\n- Tests indoors"


def test_whether_it_qualifies_ends_with_how_to_ask(about_hay_fever: Library) -> None:
    reply = compose(about_hay_fever, asks("ask_condition_qualifies", "504"), TODAY)
    assert reply.text == "It can, for a 504 plan.\n\nBring the doctor's letter.\n\nEmail the principal."
    assert reply.sources[0].cite.startswith("42 U.S.C. 12102")


@pytest.mark.parametrize("plan", ["iep", "none", None])
def test_a_plan_without_words_of_its_own_gets_those_for_both(
    about_hay_fever: Library, plan: str | None
) -> None:
    reply = compose(about_hay_fever, asks("ask_condition_qualifies", plan), TODAY)
    assert reply.text == "It may.\n\nEmail the school."


def test_a_medical_condition_leads_to_the_nurse(about_hay_fever: Library) -> None:
    reply = compose(with_medical(about_hay_fever), asks("ask_accommodation_examples", "504"), TODAY)
    assert reply.text.startswith("See the nurse about hay fever.")
    assert reply.text.endswith("One page for every adult.")


def test_another_question_is_not_about_the_condition(about_hay_fever: Library) -> None:
    library = replace(about_hay_fever, answers={"ask_cost": make_answer("ask_cost")})
    reply = compose(library, asks("ask_cost", "504"), TODAY)
    assert "hay fever" not in reply.text


def test_the_sources_leave_out_the_other_plan(about_hay_fever: Library) -> None:
    both = replace(HAY_FEVER, facts=("iep_medical_only", "s504_episodic"))
    library = replace(about_hay_fever, conditions={"hay_fever": both})
    cited = [
        source.cite for source in compose(library, asks("ask_condition_qualifies", "504"), TODAY).sources
    ]
    assert cited == [library.facts["s504_episodic"].cite]


def told_of(plan: str, question: str | None = None) -> Memory:
    told = [f"{question}@{plan}"] if question else None
    return Memory(plan=plan, question=question, told=told, said_plan=plan, plan_asked=True, limits_told=True)


@pytest.fixture
def with_contacts(small: Library) -> Library:
    """Return two questions with somebody to turn to; only one of them asks for that."""
    whom = {"504": "principal", "iep": "case_manager"}
    answers = {
        "ask_who_to_contact": replace(make_answer("ask_who_to_contact"), contact=whom, contact_card=True),
        "ask_cost": replace(make_answer("ask_cost"), contact=whom),
    }
    return replace(small, answers=answers)


def replied(
    library: Library, said: Callable[..., Turn], memory: Memory, intent: str
) -> tuple[dict[str, Any], Memory]:
    (reply,), after = answer(said("what about this at school then", **{intent: 0.99}), memory, library, TODAY)
    return reply.card, after


def test_the_words_to_say_are_shown_where_the_question_is_whom_to_write_to(
    with_contacts: Library, said: Callable[..., Turn]
) -> None:
    card, after = replied(with_contacts, said, told_of("iep"), "ask_who_to_contact")
    assert card["role"] == with_contacts.contacts["case_manager"].name
    card, after = replied(with_contacts, said, after, "ask_cost")
    assert card == {}


def test_the_same_card_does_not_come_twice_in_a_row(
    with_contacts: Library, said: Callable[..., Turn]
) -> None:
    memory = told_of("iep", "ask_who_to_contact")
    card, after = replied(with_contacts, said, memory, "ask_who_to_contact")
    assert card == {}
    card, _ = replied(with_contacts, said, after.with_(plan="504"), "ask_who_to_contact")
    assert card["role"] == with_contacts.contacts["principal"].name
    card, _ = replied(with_contacts, said, told_of("iep", "ask_cost"), "ask_who_to_contact")
    assert card["role"] == with_contacts.contacts["case_manager"].name


ABOUT_STATES = {
    "known": "{rule} Ask too.",
    "unknown": "In {state}, I have no number.",
    "ask": "Which state?",
    "response": "{response}",
}


def asked_about(small: Library, state: str | None, plan: str | None = "iep") -> str:
    timeline = replace(make_answer("ask_timeline"), by_state=ABOUT_STATES, state_first=True)
    library = replace(small, answers={"ask_timeline": timeline})
    return compose(library, Question("ask_timeline", plan, state=state), TODAY).text


def test_a_states_own_number_comes_before_the_federal_rule(small: Library) -> None:
    said = asked_about(small, "Texas")
    assert said.startswith("In Texas, for an IEP: After your written request the school has 15 school days")
    assert "45 school days" in said
    assert "missed three or more. Ask too.\n\nask_timeline for iep." in said
    assert asked_about(small, "North Carolina").startswith(
        "In North Carolina, for an IEP: From your written request on, everything has to be done within 90 calendar days"
    )
    assert asked_about(small, "Kansas").startswith("In Kansas, I have no number.")


def test_the_state_is_asked_for_where_the_answer_hangs_on_it(small: Library) -> None:
    assert asked_about(small, None).startswith("Which state? ask_timeline for iep.")


def test_a_504_plan_has_no_number_of_the_states(small: Library) -> None:
    assert asked_about(small, "Texas", "504").startswith("ask_timeline for 504.")
    assert asked_about(small, None, "504").startswith("ask_timeline for 504.")


def test_an_answer_has_words_of_its_own_for_a_channel(small: Library, said: Callable[..., Turn]) -> None:
    there = make_answer("in_slack", ("either",))
    privacy = replace(
        make_answer("ask_privacy", ("either",)), follow_ups={"slack": there}, channels=frozenset({"slack"})
    )
    library = replace(small, answers={**small.answers, "ask_privacy": privacy})
    turn = said("is this private", ask_privacy=0.99)
    (reply,), _ = answer(replace(turn, channel="slack"), Memory(), library, TODAY)
    assert reply.text.startswith("in_slack for either.") and reply.answer is not None
    assert reply.answer.intent == "ask_privacy"
    (reply,), _ = answer(replace(turn, channel="web"), Memory(), library, TODAY)
    assert reply.text.startswith("ask_privacy for either.")


@pytest.mark.parametrize(
    ("urgent", "write_to"), [("Call the principal today.", ""), ("Call 911.", "Write to: School principal.")]
)
def test_whom_to_write_to_is_not_said_again_below_an_urgent_line_that_names_them(
    urgent: str, write_to: str
) -> None:
    known = library()
    name = "ask_difference/safety_in_discipline"
    point = replace(known.points[name], urgent=urgent)
    small = replace(known, points={**known.points, name: point})
    assert (
        compose_point(small, Question(point.topic, None, point=name), TODAY, with_steps=False).write_to
        == write_to
    )


def test_the_point_of_a_button_is_read_back() -> None:
    point = next(iter(library().points.values()))
    assert point_of(point_button(point)) == point.name
    assert point_of(Button("Yes", "/affirm")) == point_of(Button("504", '/inform{"plan": "504"}')) == ""
