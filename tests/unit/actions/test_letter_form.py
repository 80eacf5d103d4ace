"""The letter form without a model: what it takes for the letter, what it lets pass, how the letter changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.knowledge.library import library
from tests.form_talk import FormTalk

LETTERS = sorted(name for name, letter in library().letters.items() if not letter.is_checklist)


@pytest.fixture
def parent() -> FormTalk:
    return FormTalk()


def letter_of(talk: FormTalk) -> dict[str, Any]:
    return next(reply["letter"] for reply in talk.replies if reply.get("letter"))


async def begins(talk: FormTalk, letter: str) -> None:
    await talk.says("write it for me", "write_letter", point=f"write_letter/{letter}")


async def shown(talk: FormTalk, letter: str = "meeting") -> dict[str, Any]:
    await begins(talk, letter)
    for _ in range(6):
        if talk.step == "letter_checked":
            return letter_of(talk)
        await talk.says("reading, and help in class")
    raise AssertionError(talk.text)


async def test_the_letter_that_is_named_is_asked_for_and_shown(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    assert "Ask for a meeting" in parent.text and parent.step == "letter_one"
    await parent.says("he still can't read")
    await parent.says("tuesday at 3 or friday morning")
    await parent.says("by phone")
    await parent.says("no", "deny")
    letter = letter_of(parent)
    assert "I would like to talk about: He still can't read." in letter["body"]
    assert "How I would like to meet: By phone." in letter["body"]
    assert "interpreter" not in letter["body"]  # a bare no leaves the line out
    assert letter["to"] == "School principal" and "[child's name]" in letter["blanks"]
    assert letter["body"] in parent.text and "keep the sent copy" in parent.text


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("plan", [None, "504", "iep", "none"])
async def test_each_letter_comes_from_the_wish_to_the_text(letter: str, plan: str | None) -> None:
    talk = FormTalk()
    talk.slots["plan"] = plan
    await begins(talk, letter)
    if plan in library().letters[letter].not_for:
        assert "it all the same" in str(talk.buttons)
        await talk.presses(len(talk.buttons) - 1)
    asked = 0
    while talk.step != "letter_checked":
        asked += 1
        assert asked <= 4, talk.text
        await talk.says("skip")
    assert (
        "Dear [name or job]" in letter_of(talk)["body"] or "To whom it may concern" in letter_of(talk)["body"]
    )
    assert (
        "**Where it goes:**" in talk.text
        and "**What it starts:**" in talk.text
        and "**What not to do:**" in talk.text
    )
    await talk.says("done", "affirm")
    assert talk.step is None and "keep the sent copy" in talk.text


@pytest.mark.parametrize("name", ["due_process", "settlement", "revoke_consent"])
async def test_what_needs_a_lawyer_is_never_filled_in(name: str, parent: FormTalk) -> None:
    await begins(parent, name)
    assert parent.step is None and "I do not write" in parent.text
    assert not any(reply.get("letter") for reply in parent.replies)


async def test_a_list_about_an_iep_says_so_to_a_504_family_and_is_shown_all_the_same(
    parent: FormTalk,
) -> None:
    parent.slots["plan"] = "504"
    await begins(parent, "due_process")
    assert "A 504 hearing goes by the district's own rules" in parent.text
    await parent.presses(len(parent.buttons) - 1)
    assert "I do not write" in parent.text


async def test_without_a_letter_named_the_point_told_last_names_it(parent: FormTalk) -> None:
    parent.slots["told"] = ["ask_records/how_to_ask@either"]
    await parent.says("write that letter", "write_letter", point="write_letter")
    assert "Ask for my child's records" in parent.text and parent.step == "letter_one"


async def test_no_letter_named_gives_a_choice_and_the_others(parent: FormTalk) -> None:
    await parent.says("write me a letter", "write_letter", point="write_letter")
    assert parent.step is None and len(parent.buttons) == 7
    await parent.presses(6)
    titles = {button["title"] for button in parent.buttons}
    assert "File a state complaint" in titles and "Checklist: before I sign a settlement" in titles


async def test_a_known_plan_is_not_asked_again(parent: FormTalk) -> None:
    parent.slots["plan"] = "iep"
    await begins(parent, "refusal")
    assert "What did the school say no to?" in parent.text
    await shown(parent, "refusal")
    assert "300.503" in parent.text


async def test_a_question_amid_the_letter_is_answered_and_the_step_asked_again(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("how often is an iep reviewed?", "ask_review")
    assert parent.step == "letter_one" and "Back to your letter" in parent.text
    assert "What do you want to talk about?" in parent.text


async def test_what_is_told_with_the_words_of_a_question_is_told(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says(
        "when the class gets loud he hides under the table and nobody comes for him", "ask_behavior_plan"
    )
    assert parent.step == "letter_two"


async def test_words_that_would_end_a_form_may_be_what_happened(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("i want them to stop the pull outs and not skip his breaks any more", "stop")
    assert parent.step == "letter_two"


@pytest.mark.parametrize("words", ["skip", "next", "i'd rather not say"])
async def test_a_step_can_be_left_blank(words: str, parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says(words)
    assert parent.step == "letter_two"


async def test_going_back_asks_the_step_before(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("reading")
    await parent.says("go back")
    assert parent.step == "letter_one"
    await shown(parent, "meeting")
    await parent.says("go back")
    assert parent.step == "letter_four"


@pytest.mark.parametrize(
    ("words", "intent"), [("stop", "stop"), ("no thanks", "deny"), ("never mind", "stop")]
)
async def test_a_letter_that_is_dropped_is_forgotten(words: str, intent: str, parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("reading")
    await parent.says(words, intent)
    assert parent.step is None and parent.slots["letter"] is None and "kept nothing" in parent.text


async def test_danger_ends_it_and_it_can_be_taken_up_again(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("reading")
    await parent.says("i want to die", "crisis")
    assert parent.step is None
    await parent.says("back to my letter", "write_letter", point="write_letter")
    assert parent.step == "letter_two" and "Here we are again" in parent.text


async def test_booking_goes_first_and_the_letter_waits(parent: FormTalk) -> None:
    await parent.says("book a call", "book_consultation")
    await parent.says("write me a letter", "write_letter")
    assert parent.step == "contact_name" and "right after the call is booked" in parent.text


async def test_the_letter_is_made_shorter(parent: FormTalk) -> None:
    long = await shown(parent)
    await parent.says("make it shorter", "ask_repeat")
    assert len(letter_of(parent)["body"]) < len(long["body"])
    await parent.says("even shorter", "change_letter", point="change_letter/shorter")
    assert "as short as it can be" in parent.text and parent.step == "letter_checked"
    await parent.says("the long one again", "change_letter", point="change_letter/longer")
    assert letter_of(parent)["body"] == long["body"]


async def test_a_sentence_is_added(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("add that she has asthma", "change_letter", point="change_letter/add")
    assert "She has asthma." in letter_of(parent)["body"]
    await parent.says("add something about the bus", "change_letter", point="change_letter/add")
    assert "What shall I add?" in parent.text
    await parent.says("The bus is late each morning", "ask_transport")
    assert "The bus is late each morning." in letter_of(parent)["body"]


async def test_a_day_is_corrected(parent: FormTalk) -> None:
    await shown(parent, "restraint")
    await parent.says("the date was november 4 2026", "change_letter", point="change_letter/day")
    assert "I am writing about what happened on November 4, 2026." in letter_of(parent)["body"]


async def test_names_are_put_in(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("her name is mia, 4th grade", "change_letter", point="change_letter/child")
    await parent.says("my name is dana lee", "change_letter", point="change_letter/parent")
    await parent.says("the school is oak hill", "change_letter", point="change_letter/school")
    body = letter_of(parent)["body"]
    assert "I am the parent of Mia, grade 4, at Oak Hill." in body and body.splitlines()[-2] == "Dana Lee"


async def test_another_plan_changes_the_letter(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("it's an IEP", "inform", ("plan", "iep"))
    assert "My child has an IEP." in letter_of(parent)["body"] and parent.slots["plan"] == "iep"


async def test_a_part_is_asked_anew(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("something in it is wrong", "change_letter", point="change_letter/part")
    await parent.presses(0)
    assert parent.step == "letter_one"
    await parent.says("math only")
    assert "I would like to talk about: Math only." in letter_of(parent)["body"]


async def test_a_finished_letter_can_still_be_changed(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("done", "affirm")
    await parent.says("add that we moved", "change_letter", point="change_letter/add")
    assert "We moved." in letter_of(parent)["body"]


async def test_the_next_letter_knows_the_child(parent: FormTalk) -> None:
    await shown(parent)
    await parent.says("his name is sam", "change_letter", point="change_letter/child")
    await parent.says("done", "affirm")
    assert "Sam" in (await shown(parent, "records"))["body"]


async def test_the_slots_hold_nothing_in_clear(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("Zebulon Quist bites")
    await shown(parent, "meeting")
    assert "Zebulon" not in json.dumps(parent.slots)


async def test_days_are_counted_amid_a_letter(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("what is 60 days from oct 3 2026", "count_days")
    assert "December 2, 2026" in parent.text and parent.step == "letter_one"


@pytest.mark.parametrize("text", ["who do i send it to", "what happens after i send it"])
async def test_a_question_is_never_written_into_the_letter(text: str, parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says(text, "write_letter", confidence=0.2)
    assert parent.step == "letter_one"


async def test_who_wants_no_letter_gets_none(parent: FormTalk) -> None:
    await begins(parent, "meeting")
    await parent.says("i dont want a letter", "deny")
    assert parent.step is None
