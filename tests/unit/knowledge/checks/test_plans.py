"""Missing plans, texts that merely rename the plan, and faults of form are found, all of them."""

import pytest

from assistant.knowledge.checks import plans, schema
from assistant.knowledge.source import ContentFile
from tests.unit.knowledge.conftest import Passages, WriteAnswer

EITHER = "texts:\n  either:\n"


def both(five_o_four: str, iep: str) -> tuple[str, str]:
    return EITHER, f'texts:\n  "504":\n    short: {five_o_four}\n  iep:\n    short: {iep}\n  either:\n'


def problems(answer: ContentFile) -> list[str]:
    return [finding.problem for finding in plans.find(answer)]


def test_a_plan_without_a_text_is_found(write_answer: WriteAnswer) -> None:
    assert problems(write_answer()) == [
        "there is no text for 504. Say what differs there.",
        "there is no text for iep. Say what differs there.",
    ]


def test_the_assistants_own_questions_have_one_text(write_answer: WriteAnswer) -> None:
    about = ("title: ", "about: assistant\ntitle: ")
    assert problems(write_answer(about, intent="ask_privacy")) == []


def test_a_text_that_merely_renames_the_plan_is_found(write_answer: WriteAnswer) -> None:
    answer = write_answer(both("A 504 plan is free for you.", "An IEP is free for you."))
    assert ["merely renames" in problem for problem in problems(answer)] == [True]


def test_texts_that_differ_pass(write_answer: WriteAnswer) -> None:
    answer = write_answer(both("A 504 plan has no set form.", "An IEP has a form set by law."))
    assert problems(answer) == []


def test_a_text_without_simple_words_is_found(said: Passages) -> None:
    assert list(plans.find_without_simple(said())) == []
    found = list(plans.find_without_simple(said(("    simple: It is free.\n", ""))))
    assert [finding.line for finding in found] == [4]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("title: What does it cost?\n", ""), 1),
        (("short: It is free. Ask the school in an email tonight.", "short: Free."), 4),
        (('offer_call: "false"', "offer_call: maybe"), 11),
        (("[s504_legally_binding]", "[]"), 10),
    ],
)
def test_a_fault_of_form_is_found_in_its_line(
    write_answer: WriteAnswer, change: tuple[str, str], line: int
) -> None:
    answer = write_answer(change)
    assert [
        f"ask_cost/topic.yml:{line}: " in str(error) for error in schema.find(answer.path.parent.parent)
    ] == [True]


def test_all_faults_of_all_files_are_found(write_answer: WriteAnswer) -> None:
    write_answer(('offer_call: "false"', "offer_call: maybe"), ('reviewed: "2026-11-24"', "reviewed: lately"))
    broken = write_answer(intent="ask_team").path
    broken.write_text("title: [\n")
    assert len(list(schema.find(broken.parent.parent))) == 3
