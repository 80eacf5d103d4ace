"""What follows a state's own rule leaves one rule standing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.knowledge.checks import after_state
from assistant.knowledge.source import read

GOOD = "Put the last day on your calendar tonight. Email and ask on what day the testing will be done."


def problems(tmp_path: Path, **changed: Any) -> list[str]:
    data: dict[str, Any] = {
        "asks": "How long may the testing take?",
        "says": {"iep": "The school has 60 days.", "either": "The school has 60 days."},
        "states": ["evaluation_clock"],
        "after_state": {"iep": GOOD, "either": GOOD},
        **changed,
    }
    path = tmp_path / "ask_timeline" / "days_to_test.yml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump({k: v for k, v in data.items() if v is not None}), encoding="utf-8")
    return [str(finding) for finding in after_state.find(read(path))]


def test_words_that_say_what_to_do_are_fine(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"{GOOD} Your state may set its own limit.", "Your state may"),
        (f"{GOOD} In many states it is longer.", "many states"),
        (f"{GOOD} Where it sets none, the federal limit holds.", "Where it sets no"),
        (f"{GOOD} The school has 60 calendar days from your consent.", "60 calendar day"),
        (f"{GOOD} Ask for an answer within five school days.", "five school day"),
        ("Call the school tonight.", "4 words"),
    ],
)
def test_a_second_rule_is_found(tmp_path: Path, text: str, wrong: str) -> None:
    found = problems(tmp_path, after_state={"iep": text, "either": GOOD})
    assert len(found) == 1
    assert wrong in found[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOD} The federal limit to write the IEP is 30 days after that.",
        f"{GOOD} A state complaint reaches back one year.",
        f"{GOOD} A civil rights complaint has 180 days.",
        f"{GOOD} A 504 plan has no such rule, and an answer in ten days is usual for a 504 plan.",
    ],
)
def test_a_number_that_says_whose_it_is_stays(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, after_state={"iep": text, "either": GOOD}) == []


def test_words_that_would_contradict_a_state_need_others(tmp_path: Path) -> None:
    says = {
        "iep": "Your state may set its own limit.",
        "either": "Most states set one.",
        "504": "Your state may.",
    }
    found = problems(tmp_path, says=says, after_state={"either": GOOD})
    assert len(found) == 1  # a rule of special education is never said before the words for a 504 plan
    assert "Write `after_state` for iep" in found[0]
    (tmp_path / "ask_timeline" / "days_to_test.yml").unlink()


def test_a_rule_for_everybody_comes_before_the_words_for_a_504_plan_too(tmp_path: Path) -> None:
    says = {"either": "You can ask.", "504": "Some states ask all to agree."}
    found = problems(tmp_path, says=says, states=["recording"], after_state={"either": GOOD})
    assert len(found) == 1
    assert "Write `after_state` for 504" in found[0]


def test_it_stands_only_where_a_state_is_named_and_says_has_words(tmp_path: Path) -> None:
    found = problems(tmp_path, states=None, after_state={"none": GOOD})
    assert len(found) == 2


def test_what_is_urgent_stands_below_the_rule_as_well(tmp_path: Path) -> None:
    assert len(problems(tmp_path, urgent="If your state's limit runs out this week, call a lawyer now.")) == 1
