from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.knowledge.library import Library
from assistant.nlu.entity_ruler import plans
from assistant.talk.child import Child
from assistant.talk.children import heard
from assistant.talk.standing import stands
from assistant.talk.turn import Memory, Named, Turn
from assistant.talk.understanding import asked

TWO = (Child("youngest", held="iep"), Child("oldest", held="504"))


def told(text: str, *more: Named) -> Turn:
    """Return a turn with the plans of its text as entities."""
    named = [Named("plan", one.value, one.start, one.end) for one in plans(text)]
    return Turn(text, "inform", ("inform",), (*named, *more), (), (0.9,))


def children(text: str, known: tuple[Child, ...] = (), *more: Named) -> tuple[Child, ...]:
    turn = told(text, *more)
    return heard(turn, known, stands(turn)).children


@pytest.mark.parametrize(
    ("text", "plans_of"),
    [
        ("my oldest has a 504 and my youngest has an iep", {"oldest": "504", "youngest": "iep"}),
        ("my oldest has a 504 and my youngest an iep", {"oldest": "504", "youngest": "iep"}),
        ("my son's on an iep, daughter has a 504", {"son": "iep", "daughter": "504"}),
        ("mia has a 504 and leo has an iep", {"mia": "504", "leo": "iep"}),
        ("he has a 504", {"": "504"}),
        ("and with an iep?", {"": None}),
        ("no iep. just the nurse's sheet", {"": "none"}),
    ],
)
def test_each_child_keeps_its_plan(text: str, plans_of: dict[str, str]) -> None:
    assert {child.name: child.held for child in children(text)} == plans_of


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("no iep", Child(held="none")),
        ("they denied the iep", Child(held="none", denied="iep")),
        ("we asked for an iep in october", Child(held="none", wanted="iep")),
        ("he had an iep till may", Child(held="none", ended="iep")),
        ("he has a 504 but they denied the iep", Child(held="504", denied="iep")),
        ("she has an iep", Child(held="iep")),
    ],
)
def test_held_wanted_denied_and_over_are_different(text: str, child: Child) -> None:
    assert children(text) == (child,)


def test_a_plan_that_was_wanted_and_comes_is_held() -> None:
    known = children("we asked for an iep")
    assert children("he has an iep now", known) == (Child(held="iep"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("and for my older one?", "oldest"),
        ("my other one", "oldest"),
        ("and the other kid", "oldest"),
        ("who do i email for my youngest", "youngest"),
        ("who do i email", "youngest"),
        ("can he take it home", "youngest"),
    ],
)
def test_a_turn_is_about_the_child_it_names(text: str, name: str) -> None:
    assert children(text, TWO)[0].name == name


def test_he_and_she_are_the_son_and_the_daughter() -> None:
    known = (Child("daughter", held="504"), Child("son", held="iep"))
    assert children("can they suspend him", known)[0].name == "son"
    assert children("can they suspend her", known)[0].name == "daughter"


def test_my_other_one_is_a_new_child_without_the_plan_of_the_first() -> None:
    first, other = reversed(children("my other kid has nothing", (Child("son", held="iep"),)))
    assert (first.held, other.held) == ("iep", None)


def test_another_word_for_the_only_child_makes_no_second_one() -> None:
    assert children("my son is in 3rd grade", (Child(held="504"),)) == (Child("son", held="504"),)
    assert len(children("my oldest has trouble", (Child("son", held="504"),))) == 1


def test_a_condition_stays_with_its_child() -> None:
    known = children("my other one has adhd", TWO, Named("condition", "adhd", 17, 21))
    assert [(child.name, child.condition) for child in known] == [("oldest", "adhd"), ("youngest", None)]


def test_and_for_my_oldest_asks_the_last_question_again(
    said: Callable[..., Turn], talking_of: Callable[[str], Memory], small: Library
) -> None:
    memory = talking_of("ask_not_followed").with_(plan="iep", children=TWO)
    (question,), after = asked(said("and for my oldest?", inform=0.4), memory, small)
    assert (question.intent, question.plan, after.plan) == ("ask_not_followed", "504", "504")


def test_a_correction_without_a_child_changes_the_childs_plan(
    said: Callable[..., Turn], talking_of: Callable[[str], Memory], small: Library
) -> None:
    memory = talking_of("ask_not_followed").with_(plan="iep", children=(Child("son", held="iep"),))
    _, after = asked(said("sorry it's a 504", ("plan", "504"), inform=0.9), memory, small)
    assert after.children == (Child("son", held="504"),)


def test_children_live_in_one_slot_as_plain_rows() -> None:
    memory = Memory().with_(children=TWO)
    rows = memory.changes_from(Memory())["children"]
    assert rows[0]["name"] == "youngest"
    assert Memory.from_slots({"children": rows}) == memory
    old = Memory.from_slots({"children": {"oldest": "504"}})  # as a talk of the edition before kept it
    assert old.children == (Child("oldest", held="504"),)


def test_nothing_yet_is_told_of_the_child_before_it() -> None:
    text = "my son has an iep, my daughter has nothing yet"
    turn = told(text, Named("no_plan", "none", text.index("has nothing"), len(text)))
    known = heard(turn, (), stands(turn))
    assert {child.name: child.held for child in known.children} == {"daughter": "none", "son": "iep"}
    assert known.several
