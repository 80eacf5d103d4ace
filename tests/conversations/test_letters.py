"""Each letter and plan, from the wish to the text, by buttons and words; the same talk over the real model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.knowledge.library import library
from assistant.replay.story import Assertion, Case, Step

LETTERS = sorted(name for name, letter in library().letters.items() if not letter.is_checklist)
PLANS = {"504": "504 plan", "iep": "IEP", "none": "No plan yet", None: "Not sure"}
WISHES = {
    "evaluation": "please write the letter that asks the school to evaluate my child",
    "refusal": "please write the letter that asks for prior written notice",
    "not_followed": "please write the letter that the plan is not followed",
    "independent_evaluation": "please write the letter that asks for an independent evaluation",
    "records": "please write the letter that asks for the school records",
    "meeting": "please write the letter that asks for a meeting",
    "disagree": "please write the letter that i disagree with the meeting's decision",
    "sent_home": "please write the letter about being sent home early",
    "restraint": "please write the letter about restraint and seclusion",
    "bullying": "please write the letter to report bullying",
    "state_complaint": "please write the state complaint",
    "private_school_notice": "please write the ten day notice before private school",
    "civil_rights_complaint": "please write the civil rights complaint to ocr",
    "privacy_complaint": "please write the ferpa complaint",
}


def story(name: str, plan: str | None) -> Case:
    """Return the talk of one letter for a family with a plan; "skip" answers all that is asked."""
    letter = library().letters[name]
    steps = [Step("user", WISHES[name], (Assertion("outcome", ["letter"]),))]
    if plan in letter.not_for:
        steps.append(Step("press", "Write it all the same", (Assertion("outcome", ["letter"]),)))
    asks = [blank for blank in letter.asks if blank != "plan" or plan is None]
    steps += [Step("user", "skip") for _ in asks]
    key = plan if plan in letter.body else "either"
    steps[-1] = Step(
        "user",
        "skip",
        (
            Assertion("answer", {"intent": "write_letter", "point": f"write_letter/{name}", "plan": key}),
            Assertion(
                "text_contains", ["What it starts", "What not to do", "keep the sent copy", "[your name]"]
            ),
            Assertion("form_step", ["letter_checked"]),
        ),
    )
    steps.append(Step("press", "It is fine as it is", (Assertion("form_step", ["none"]),)))
    slots = {"plan": plan} if plan else {}
    numbered = tuple(Step(s.does, s.text, s.assertions, number=n) for n, s in enumerate(steps, 1))
    return Case(f"{name} for {PLANS[plan]}", numbered, **({"slots": slots} if slots else {}))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", LETTERS)
def test_from_the_wish_to_the_text(name: str, plan: str | None, replay: Callable[[Case], None]) -> None:
    replay(story(name, plan))
