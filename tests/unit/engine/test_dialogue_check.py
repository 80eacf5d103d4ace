"""Faults planted in a copy of the dialogue: each is found without training."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import dialogue_check
from assistant.engine.dialogue_check import problems, written_actions
from assistant.knowledge.source import ContentError
from assistant.settings import TOP

Edit = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def written() -> set[str]:
    return written_actions()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("domain.yml", "config.yml"):
        shutil.copy(TOP / name, tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("rules.yml", "stories.yml"):
        shutil.copy(TOP / "data" / name, tmp_path / "data")
    shutil.copytree(TOP / "content" / "en" / "phrases", tmp_path / "content" / "en" / "phrases")
    shutil.copytree(TOP / "content" / "en" / "answers", tmp_path / "content" / "en" / "answers")
    shutil.copytree(TOP / "actions", tmp_path / "actions", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_dialogue_as_it_is_has_no_fault(copy: Path, written: set[str]) -> None:
    assert problems(copy, written) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("domain.yml", "  - greet: {use_entities: []}", "  - greet: {use_entities: []}\n  - ask_tutoring: {use_entities: []}", r"domain\.yml:\d+: no rule takes ask_tutoring"),
        ("data/rules.yml", "intent: ask_cost", "intent: ask_costs", r"rules\.yml:\d+: ask_costs is no intent of domain\.yml"),
        ("domain.yml", "actions:\n", "actions:\n  - action_dance\n", r"domain\.yml:\d+: nothing calls action_dance"),
        ("domain.yml", "actions:\n", "actions:\n  - action_dance\n", r"actions/ has no action_dance"),
        ("domain.yml", "  said_plan: {", "  said_plans: {", r"domain\.yml:\d+: Memory in assistant/talk/turn\.py has said_plan, and no slot keeps it"),
        ("domain.yml", "  - action_human\n", "", r"action_human is written in actions/, but not listed here"),
        ("domain.yml", "  utter_thank:", "  utter_sorry:\n    - text: Sorry.\n  utter_thank:", r"nothing says utter_sorry"),
        ("data/rules.yml", "action: action_human", "action: action_humans", r"rules\.yml:\d+: action_humans is no action"),
        ("domain.yml", "payload: /ask_get_started", "payload: /ask_get_startet", r"button 'My child struggles and has no plan': /ask_get_startet leads nowhere"),
        ("domain.yml", "payload: /ask_get_started", "payload: '/ask_get_started{\"plann\": \"iep\"}'", r"plann is no entity of domain\.yml"),
        ("domain.yml", "payload: /ask_get_started", "payload: ask_get_started", r"is no payload"),
        ("content/en/phrases/talk.yml", "ask_meeting_prep]", "ask_meeting_prepp]", r"talk\.yml:\d+: /ask_meeting_prepp leads nowhere"),
        ("actions/book/ask.py", '"/change_booking")', '"/change_bookings")', r"ask\.py:\d+: /change_bookings leads nowhere"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(
    copy: Path, written: set[str], file: str, old: str, new: str, said: str
) -> None:
    path = copy / file
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))
    with pytest.raises(AssertionError, match=said):
        raise AssertionError("\n".join(problems(copy, written)))


@pytest.mark.parametrize("action", ["action_deactivate_loop", "action_default_fallback", "action_listen"])
def test_actions_of_rasas_own_may_be_called(copy: Path, written: set[str], action: str) -> None:
    rule = f"\n  - rule: goodbye ends it\n    steps:\n      - intent: goodbye\n      - action: {action}\n"
    (copy / "data" / "more_rules.yml").write_text(f"rules:{rule}")
    found = "\n".join(problems(copy, written))
    assert "is no action, response or form" not in found
    assert "contradict" in found, "our own rule for goodbye says otherwise: Rasa has read it"


def test_an_intent_without_an_answer_file_is_found(copy: Path, written: set[str]) -> None:
    (copy / "content" / "en" / "answers" / "ask_cost" / "topic.yml").unlink()
    assert any(
        "content/en/answers has no ask_cost: run `make question" in text for text in problems(copy, written)
    )


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rules.yml", "\n  - rule: thanks, the other way\n    steps:\n      - intent: thank\n      - action: utter_goodbye\n"),
        ("stories.yml", "\n  - story: thanks, the other way\n    steps:\n      - intent: thank\n      - action: utter_goodbye\n"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_without_training(
    copy: Path, written: set[str], file: str, text: str
) -> None:
    path = copy / "data" / file
    path.write_text(path.read_text().rstrip() + "\n" + text)
    (found,) = problems(copy, written)
    assert "contradict each other" in found and "thanks, the other way" in found


def test_broken_content_is_one_line_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        raise ContentError("content/en/glossary.yml:3: not valid YAML")

    monkeypatch.setattr(dialogue_check, "problems", broken)
    with pytest.raises(SystemExit, match=r"^content/en/glossary\.yml:3: not valid YAML$"):
        dialogue_check.main()


def test_the_whole_check_takes_less_than_twenty_seconds_of_a_core() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "assistant.engine.dialogue_check"], cwd=TOP, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 20
