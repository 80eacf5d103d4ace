"""Dead ends, overdue reviews, unreachable answers and unusable states are found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.knowledge.checks import dates, packs, reach, references, unfinished
from assistant.knowledge.facts import Facts
from assistant.knowledge.library import library
from assistant.knowledge.packs import STATES, load_packs
from assistant.knowledge.source import read
from tests.unit.knowledge.conftest import WriteAnswer

ROLES, INTENTS = {"principal"}, {"ask_cost", "ask_team"}
END = 'offer_call: "false"\n'


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("next: [ask_team, ask_invented]", "no answer ask_invented"),
        ("next: [ask_cost]", "this answer itself"),
        ("contact: {either: boss}", "no role boss"),
        ("follow_ups: {ask_invented: {texts: {}, facts: {}}}", "there is no question ask_invented"),
    ],
)
def test_a_dead_end_is_found(write_answer: WriteAnswer, line: str, complaint: str) -> None:
    answer = write_answer((END, f"{END}{line}\n"))
    found = list(references.find(answer, INTENTS, ROLES))
    assert [complaint in finding.problem for finding in found] == [True]
    assert found[0].line == 12


def test_what_is_there_passes(write_answer: WriteAnswer) -> None:
    good = "next: [ask_team, book_consultation]\ncontact: {either: principal}\n"
    assert list(references.find(write_answer((END, END + good)), INTENTS, ROLES)) == []


def test_facts_for_a_plan_without_a_text_are_found(write_answer: WriteAnswer) -> None:
    answer = write_answer(("facts:\n", "facts:\n  iep: [iep_time_60]\n"))
    assert ["no text for iep" in f.problem for f in references.find(answer, INTENTS, ROLES)] == [True]


@pytest.mark.parametrize(("day", "found"), [("2027-05-24", 0), ("2027-05-25", 1), ("2026-11-23", 1)])
def test_a_review_is_due_after_its_day(write_answer: WriteAnswer, day: str, found: int) -> None:
    assert len(list(dates.find(write_answer(), date.fromisoformat(day)))) == found


def test_days_that_cannot_be_are_found(write_answer: WriteAnswer) -> None:
    today = date(2026, 12, 1)
    assert list(dates.find(write_answer(("2027-05-24", "2026-11-01")), today))
    assert list(dates.find(write_answer(("2027-05-24", "next spring")), today))


Checkout = Callable[..., Path]


def test_moving_news_is_read_again_within_a_month(write_answer: WriteAnswer, facts: Facts) -> None:
    moving = ("[s504_legally_binding]", "[s504_complaint_since_june_2026]")
    (found,) = dates.find_moving(write_answer(moving), facts)
    assert "s504_complaint_since_june_2026 may change any day" in str(found)
    assert list(dates.find_moving(write_answer(moving, ("2027-05-24", "2026-12-24")), facts)) == []
    assert list(dates.find_moving(write_answer(), facts)) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a writer of a checkout whose domain, rules and wordings know ask_cost."""

    def write(intents: str = "[ask_cost: {}]", ruled: str = "ask_cost", wordings: int = 40) -> Path:
        (tmp_path / "data").mkdir()
        (tmp_path / "domain.yml").write_text(f"intents: {intents}\n")
        (tmp_path / "data/rules.yml").write_text(
            f"rules: [{{rule: x, steps: [{{or: [{{intent: {ruled}}}]}}]}}]\n"
        )
        lines = "".join(f"      - how much {n}\n" for n in range(wordings))
        (tmp_path / "data/nlu.yml").write_text(f"nlu:\n  - intent: ask_cost\n    examples: |\n{lines}")
        return tmp_path

    return write


def test_an_answer_with_intent_rule_and_wordings_is_reached(checkout: Checkout) -> None:
    assert list(reach.find({"ask_cost"}, checkout())) == []


@pytest.mark.parametrize(
    ("without", "complaint"),
    [
        ({"intents": "[greet]"}, "domain.yml lists no intent"),
        ({"ruled": "greet"}, "no rule"),
        ({"wordings": 3}, "3 wordings"),
    ],
)
def test_an_answer_that_nobody_reaches_is_found(
    checkout: Checkout, without: dict[str, object], complaint: str
) -> None:
    assert any(complaint in finding.problem for finding in reach.find({"ask_cost"}, checkout(**without)))


@pytest.mark.parametrize("file", ["nlu_more.yml", "nlu/ask_cost.yml", "parents/spring.yaml"])
@pytest.mark.parametrize("intent", ["ask_costt", "ask_costt/who_pays"])
def test_a_slip_in_the_name_of_an_intent_is_found_with_its_line(
    checkout: Checkout, file: str, intent: str
) -> None:
    """Its wordings were learnt as a stranger's, and nothing said so."""
    top = checkout()
    path = top / "data" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"version: '3.1'\n\nnlu:\n  - intent: ask_cost\n    examples: |\n      - a\n  - intent: {intent}\n    examples: |\n      - b\n"
    )
    (finding,) = reach.find({"ask_cost"}, top)
    assert (finding.path, finding.line) == (path, 7)
    assert "domain.yml lists no intent ask_costt" in finding.problem
    assert reach.count_all(top / "data")["ask_cost"] == 41
    assert reach.places(top / "data")[intent] == (path, 7)


def test_steps_of_a_rule_beside_wordings_are_no_wordings(checkout: Checkout) -> None:
    top = checkout()
    both = "nlu:\n  - intent: ask_cost\n    examples: |\n      - a\nrules:\n  - rule: x\n    steps:\n      - intent: ask_cost\n      - action: y\n"
    (top / "data/nlu_more.yml").write_text(both)
    assert reach.count_all(top / "data") == {"ask_cost": 41}


def test_a_question_without_an_answer_is_found(checkout: Checkout) -> None:
    found = reach.find({"ask_cost"}, checkout(intents="[ask_cost, ask_tutoring]"))
    assert ["ask_tutoring" in finding.problem for finding in found] == [True]


FACT = {
    "says": "60 days.",
    "source": "y",
    "cite": "x",
    "confidence": "high",
    "official": "true",
    "read": "2026-11-29",
}
HELPER = {**FACT, "name": "A", "url": "https://a.org", "phone": "800-000-0000"}
PACK = {"state": "Ohio", "abbr": "OH", "evaluation_clock": FACT, "parent_center": [HELPER]}
READ_ON = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("field", "fact", "complaint"),
    [
        ("evaluation_clock", {**FACT, "says": ""}, "`says` is missing"),
        ("evaluation_clock", {**FACT, "source": ""}, "`source` is missing"),
        ("evaluation_clock", {**FACT, "cite": ""}, "`cite` is missing"),
        ("evaluation_clock", {**FACT, "is_official": "true"}, "`is_official` is none of address, age"),
        ("evaluation_clock", {**FACT, "confidence": "sure"}, "is none of high, medium, low"),
        ("evaluation_clock", {**FACT, "source": "knowledge"}, "nobody has read it"),
        ("evaluation_clock", {**FACT, "read": "lately"}, "is no day"),
        ("evaluation_clock", {**FACT, "read": "2025-10-01"}, "Read the page again"),
        ("evaluation_clock", {**FACT, "parts": {"meeting": "30 days."}}, "A part says no more"),
        ("parent_center", [{**HELPER, "url": "a.org"}], "does not work as a link"),
        ("parent_center", [{**HELPER, "phone": "ask there"}], "no phone number"),
        ("parent_center", [{**HELPER, "name": ""}], "`name` is missing"),
    ],
)
def test_a_states_fact_that_cannot_be_quoted_is_found(
    tmp_path: Path, field: str, fact: object, complaint: str
) -> None:
    path = tmp_path / "OH.yml"
    path.write_text(yaml.safe_dump(PACK))
    assert list(packs.find(read(path), READ_ON)) == []
    path.write_text(yaml.safe_dump({**PACK, field: fact}))
    assert [complaint in finding.problem for finding in packs.find(read(path), READ_ON)] == [True]


def test_a_missing_state_is_found(tmp_path: Path) -> None:
    (tmp_path / "OH.yml").write_text(yaml.safe_dump(PACK))
    (finding,) = packs.find_all(load_packs(tmp_path), tmp_path)
    assert "1 states, not 52" in finding.problem


def test_a_point_that_names_a_field_of_no_state_is_found(tmp_path: Path) -> None:
    points = {"ask_team/a": replace(next(iter(library().points.values())), states=("hearing.limits",))}
    found = packs.find_unknown(points, {"ask_team/a": tmp_path}, library().packs.values())
    assert ["no state's pack has hearing.limits" in finding.problem for finding in found] == [True]


def test_a_fact_that_no_point_says_is_found(tmp_path: Path) -> None:
    path = tmp_path / "OH.yml"
    path.write_text(
        yaml.safe_dump({**PACK, "evaluation_clok": FACT, "recordings": {**FACT, "confidence": "low"}})
    )
    known = library()
    (finding,) = packs.find_unsaid(known.points, known.letters.values(), [read(path)])
    assert "evaluation_clok: no point says it" in finding.problem


def test_the_fields_that_no_point_says_are_there_and_still_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "UNSAID", {})
    known, files = library(), [read(path) for path in sorted(STATES.glob("*.yml"))]
    found = packs.find_unsaid(known.points, known.letters.values(), files)
    assert {finding.problem.partition(":")[0] for finding in found} == {"other_help", "discipline_extras"}


def test_a_skeleton_is_called_unfinished(write_answer: WriteAnswer) -> None:
    answer = write_answer(("It is free. Ask", "TO WRITE. Ask"))
    assert [finding.line for finding in unfinished.find(answer.path.parent.parent)] == [4]
