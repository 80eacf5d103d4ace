"""The matrix: each repair pattern at each step of each form of domain.yml, written once, run as cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from assistant.replay.story import Assertion, Case, Step
from assistant.settings import TOP

BOOKED = ("book a call", "Dana, dana@example.org", "[Tue", "yes")
LETTER = (
    "help me write to the case manager for a meeting",
    "his reading goals",
    "monday at 9 or tuesday at 10",
    "by phone",
    "no",
)
WAYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("booking_form", "contact_name"): ("book a call",),
    ("booking_form", "contact_address"): ("book a call", "Dana"),
    ("booking_form", "opening"): ("book a call", "Dana", "dana@example.org"),
    ("booking_form", "booking_confirmed"): ("book a call", "Dana", "dana@example.org", "[Tue"),
    ("change_form", "change_email"): ("change my call",),
    ("change_form", "change_code"): ("change my call", "dana@example.org"),
    ("change_form", "change_call"): (*BOOKED, *BOOKED, "when is my call"),
    ("change_form", "change_choice"): (*BOOKED, "when is my call"),
    ("change_form", "change_opening"): (*BOOKED, "change my call"),
    ("letter_form", "letter_one"): LETTER[:1],
    ("letter_form", "letter_two"): LETTER[:2],
    ("letter_form", "letter_three"): LETTER[:3],
    ("letter_form", "letter_four"): LETTER[:4],
    ("letter_form", "letter_checked"): LETTER,
}
"""What brings a talk to each step of a form; a text that begins with `[` presses the button that begins so."""
BACK = {
    ("booking_form", "contact_address"): "contact_name",
    ("booking_form", "opening"): "contact_address",
    ("booking_form", "booking_confirmed"): "opening",
    ("change_form", "change_code"): "change_email",
    ("change_form", "change_opening"): "change_choice",
    ("letter_form", "letter_two"): "letter_one",
    ("letter_form", "letter_three"): "letter_two",
    ("letter_form", "letter_four"): "letter_three",
    ("letter_form", "letter_checked"): "letter_four",
}
"""The step before, where there is one to go back to."""
AFTER = {
    "letter_one": "letter_two",
    "letter_two": "letter_three",
    "letter_three": "letter_four",
    "letter_four": "letter_checked",
}
"""The step after one that may be left blank."""


def says(text: str, *expected: tuple[str, Any]) -> Step:
    does: Any = "press" if text.startswith("[") else "user"
    return Step(does, text.removeprefix("["), tuple(Assertion(kind, value) for kind, value in expected))


def answer(intent: str, plan: str) -> tuple[str, Any]:
    return "answer", {"intent": intent, "plan": plan}


REVIEW = "how often is an iep reviewed?"
Pattern = Callable[[str, str], list[Step]]
PATTERNS: dict[str, Pattern] = {
    "a question is answered and the step asked again": lambda here, _: [
        says(REVIEW, answer("ask_review", "iep"), ("form_step", here)),
    ],
    "a follow-up": lambda here, _: [
        says(REVIEW, answer("ask_review", "iep")),
        says("and for a 504?", answer("ask_review", "504"), ("form_step", here)),
    ],
    "a corrected plan": lambda here, _: [
        says("who do i call about his 504?", answer("ask_who_to_contact", "504")),
        says("sorry, it's an IEP", answer("ask_who_to_contact", "iep"), ("form_step", here)),
    ],
    "two questions in one message": lambda here, _: [
        says(
            "How often is an IEP reviewed? Who has to come to the meeting?",
            answer("ask_review", "iep"), answer("ask_team", "iep"), ("form_step", here),
        ),
    ],
    "a simpler answer": lambda here, _: [
        says(REVIEW, answer("ask_review", "iep")),
        says("can you say that simpler", answer("ask_review", "iep"), ("form_step", here)),
    ],
    "the step in other words": lambda here, _: [says("huh", ("form_step", here), ("outcome", ["booking", "letter"]))],
    "a feeling": lambda here, _: [says("im so stressed about all of this", ("form_step", here))],
    "thanks": lambda here, _: [says("thank you", ("form_step", [here, "none"] if here == "letter_checked" else here))],
    "a stranger's topic": lambda here, _: [says("whats the weather tomorrow?", ("form_step", here))],
    "signs without words": lambda here, _: [says("???", ("form_step", here)), says("!!", ("form_step", here))],
    "skip": lambda here, _: [says("skip", ("form_step", [AFTER.get(here, here), "none"]))],
    "go back": lambda here, before: [says("go back", ("form_step", before or here))],
    "never mind": lambda here, _: [says("never mind", ("form_step", "none")), says(REVIEW, answer("ask_review", "iep"), ("form_step", "none"))],
    "no thanks": lambda here, _: [says("no thanks", ("form_step", "none"))],
    "start over": lambda here, _: [says("start over", ("form_step", "none"))],
    "danger": lambda here, _: [
        says("i want to kill myself", ("outcome", "crisis"), ("text_contains", ["988", "911"]), ("form_step", "none")),
        says("thank you", ("form_step", "none"), ("text_lacks", ["free call", "which email"])),
    ],
    "a person is asked for": lambda here, _: [says("can i talk to a real person?", ("form_step", here))],
}  # fmt: skip
"""DESIGN's patterns as steps; each gets the form's step and the one before it ("" where there is none)."""


def forms() -> dict[str, list[str]]:
    domain = yaml.safe_load((TOP / "domain.yml").read_text())
    return {form: parts["required_slots"] for form, parts in domain["forms"].items()}


def cases() -> Iterator[Any]:
    for form, steps in forms().items():
        for step in steps:
            for name, pattern in PATTERNS.items():
                way = [says(text) for text in WAYS[form, step]]
                way[-1] = says(WAYS[form, step][-1], ("form_step", step))
                played = [*way, *pattern(step, BACK.get((form, step), ""))]
                case = Case(
                    f"{name}, at {form} {step}",
                    tuple(Step(s.does, s.text, s.assertions, number=n) for n, s in enumerate(played, 1)),
                )
                yield pytest.param(case, id=f"{step}-{name}")


@pytest.mark.parametrize("case", cases())
def test_a_talk_repairs_itself(case: Case, replay: Callable[[Case], None]) -> None:
    replay(case)


@pytest.mark.parametrize("step", ["contact_name", "contact_address", "opening", "booking_confirmed"])
def test_a_booking_interrupted_at_any_step_loses_nothing(step: str, replay: Callable[[Case], None]) -> None:
    typed = ("book a call", "Dana", "dana@example.org", "[Tue", "yes")
    place = len(WAYS["booking_form", step])
    played = [says(text) for text in (*typed[:place], REVIEW, "thanks", *typed[place:])]
    played[-1] = says(typed[-1], ("action_executed", "action_book"), ("text_contains", ["booked", "dana@example.org"]),
                      ("mail_sent", {"to": "Dana <dana@example.org>"}))  # fmt: skip
    replay(Case(f"interrupted at {step}", tuple(played)))
