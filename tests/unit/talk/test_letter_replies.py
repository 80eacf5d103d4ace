from __future__ import annotations

from datetime import date

from assistant.knowledge.library import library
from assistant.talk.letter_replies import (
    FIRST_OFFERED,
    checklist_reply,
    choice,
    letter_reply,
    not_fitting,
    words_of_the_talk,
)
from assistant.talk.letters import Draft
from assistant.talk.turn import Memory

LIBRARY, TODAY = library(), date(2026, 11, 30)


def test_the_text_alone_holds_the_whole_letter() -> None:
    reply = letter_reply(LIBRARY, Draft("meeting", "iep"), None, TODAY)
    parts = (
        reply.heading,
        reply.letter["body"],
        reply.letter["subject"],
        reply.letter["to"],
        reply.body,
        reply.more,
        reply.ask,
    )
    assert all(part in reply.text for part in parts)


def test_the_letter_names_its_law_and_when_it_was_read() -> None:
    reply = letter_reply(LIBRARY, Draft("records", "504"), None, TODAY)
    assert (
        reply.answer is not None
        and reply.answer.point == "write_letter/records"
        and reply.answer.plan == "either"
    )
    assert reply.sources


def test_all_letters_can_be_chosen() -> None:
    first, others = choice(LIBRARY), choice(LIBRARY, others=True)
    offered = {button.payload for button in (*first.buttons, *others.buttons)}
    assert all(any(f'"{name}"' in payload for payload in offered) for name in LIBRARY.letters)
    assert len(first.buttons) == len(FIRST_OFFERED) + 1


def test_a_letter_for_the_other_plan_says_so_and_leads_to_the_right_one() -> None:
    reply = not_fitting(LIBRARY, LIBRARY.letters["state_complaint"], "504")
    assert "special education" in reply.text and "civil_rights_complaint" in reply.buttons[0].payload


def test_a_checklist_begins_with_its_warning_and_holds_no_letter() -> None:
    reply = checklist_reply(LIBRARY, LIBRARY.letters["settlement"], None, "Texas", TODAY)
    assert (
        reply.body.startswith("I do not write")
        and not reply.letter
        and "free legal help" in reply.text.lower()
    )


UNIFORM = "ask_accommodation_examples/dress_code"


def test_words_wished_for_in_a_talk_are_those_of_the_last_answer_that_has_some() -> None:
    memory = Memory(told=[f"{UNIFORM}@iep", "#1", "ask_cost@either"])
    found = words_of_the_talk(LIBRARY, memory, [], TODAY)
    assert found is not None
    reply, key = found
    assert reply.script == LIBRARY.points[UNIFORM].script_for(None)
    assert reply.script in reply.text
    assert [button.title for button in reply.buttons] == [button.title for button in choice(LIBRARY).buttons]
    assert words_of_the_talk(LIBRARY, memory.with_(told=[key, *(memory.told or ())]), [], TODAY) is None


def test_without_an_answer_that_has_words_none_are_given() -> None:
    assert words_of_the_talk(LIBRARY, Memory(), [], TODAY) is None
    assert words_of_the_talk(LIBRARY, Memory(told=["ask_cost@either"]), [], TODAY) is None
