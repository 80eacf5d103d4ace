"""`make question` begins a question in all four places or in none."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.knowledge.checks import reach, unfinished
from assistant.knowledge.new_question import (
    QuestionError,
    begin,
    begin_point,
)
from assistant.knowledge.source import CONTENT, read

TODAY = date(2026, 12, 1)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the files that a question stands in, its answers left out."""
    (tmp_path / "data").mkdir()
    (tmp_path / "content" / "en" / "answers").mkdir(parents=True)
    for name in ("domain.yml", "data/rules.yml"):
        shutil.copy(CONTENT.parent / name, tmp_path / name)
    return tmp_path


def test_it_is_known_ruled_and_has_a_wording(checkout: Path) -> None:
    begin("ask_tutoring", TODAY, checkout)
    problems = [
        finding.problem
        for finding in reach.find({"ask_tutoring"}, checkout)
        if "ask_tutoring" in str(finding)
    ]
    assert len(problems) == 1 and "has 1 wordings of it" in problems[0]


def test_the_rule_that_answers_questions_takes_it(checkout: Path) -> None:
    begin("ask_tutoring", TODAY, checkout)
    rule = next(
        r for r in read(checkout / "data/rules.yml").data["rules"] if r["rule"] == "a question is answered"
    )
    assert {"intent": "ask_tutoring"} in rule["steps"][0]["or"]
    assert rule["steps"][1] == {"action": "action_answer"}


def test_nothing_else_changes(checkout: Path) -> None:
    before = {name: (checkout / name).read_text() for name in ("domain.yml", "data/rules.yml")}
    begin("ask_tutoring", TODAY, checkout)
    for name, text in before.items():
        own = ("ask_tutoring", "- what about tutoring")
        left = [
            line for line in (checkout / name).read_text().splitlines() if not any(o in line for o in own)
        ]
        assert left == text.rstrip().splitlines()


def test_its_answer_is_called_unfinished_until_it_is_written(checkout: Path) -> None:
    begin("ask_tutoring", TODAY, checkout)
    answer = read(checkout / "content/en/answers/ask_tutoring/topic.yml")
    assert set(answer.data["texts"]) == {"504", "iep", "either"}
    assert (answer.data["reviewed"], answer.data["review_by"]) == ("2026-12-01", "2027-05-31")
    assert len(list(unfinished.find(checkout / "content/en/answers"))) == 13


@pytest.mark.parametrize("intent", ["", "tutoring", "ask_Tutoring", "ask_", "ask_504", "ask_a b", "../ask_x"])
def test_an_id_that_names_no_question_is_refused(checkout: Path, intent: str) -> None:
    with pytest.raises(QuestionError, match="make question id=ask_tutoring"):
        begin(intent, TODAY, checkout)


def test_a_question_is_begun_once(checkout: Path) -> None:
    begin("ask_tutoring", TODAY, checkout)
    with pytest.raises(QuestionError, match="is there already"):
        begin("ask_tutoring", TODAY, checkout)


def test_a_known_intent_is_refused_and_nothing_is_written(checkout: Path) -> None:
    before = (checkout / "data/rules.yml").read_text()
    with pytest.raises(QuestionError, match=r"domain\.yml names ask_cost already"):
        begin("ask_cost", TODAY, checkout)
    assert (checkout / "data/rules.yml").read_text() == before
    assert not (checkout / "data/nlu/ask_cost.yml").exists()
    assert not (checkout / "content/en/answers/ask_cost").exists()


def test_a_missing_place_is_named_and_nothing_is_written(checkout: Path) -> None:
    rules = checkout / "data/rules.yml"
    rules.write_text(rules.read_text().replace("action_answer", "action_say"))
    domain = (checkout / "domain.yml").read_text()
    with pytest.raises(QuestionError, match=r"rules\.yml has no line '- action: action_answer'"):
        begin("ask_tutoring", TODAY, checkout)
    assert (checkout / "domain.yml").read_text() == domain


def test_a_point_is_begun_in_its_topic(checkout: Path) -> None:
    begin("ask_tutoring", TODAY, checkout)
    written = begin_point("ask_tutoring/after_school", checkout)
    assert [path.name for path in written] == ["after_school.yml", "ask_tutoring.yml"]
    assert read(written[0]).data["status"] == "draft"
    assert "- intent: ask_tutoring/after_school\n" in written[1].read_text()
    assert any(finding.path == written[0] for finding in unfinished.find(checkout / "content/en/answers"))


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("ask_tutoring/", "does not name a point"),
        ("ask_nothing/here", "no topic ask_nothing"),
        ("ask_tutoring/again", "there already"),
    ],
)
def test_a_point_that_cannot_be_begun_is_refused(checkout: Path, name: str, complaint: str) -> None:
    begin("ask_tutoring", TODAY, checkout)
    begin_point("ask_tutoring/again", checkout)
    with pytest.raises(QuestionError, match=complaint):
        begin_point(name, checkout)
