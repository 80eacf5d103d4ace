"""Conditions are read with their own words for each plan, and a broken one is refused with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.knowledge.conditions import Condition, load_conditions
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import ContentError

CONDITION = """
- id: hay_fever
  name: Hay fever
  aliases: [hay fever, pollen allergy]
  aliases_whole: [pollen]
  medical: "true"
  texts:
    "504": {short: It can., more: Ask the nurse., simple: Maybe.}
    either: {short: It may., simple: Maybe.}
  supports: [Tissues at the desk, Windows shut, Tests indoors]
  facts: [s504_episodic]
"""
WriteConditions = Callable[..., dict[str, Condition]]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts()


@pytest.fixture
def load(tmp_path: Path, facts: Facts) -> WriteConditions:
    """Return a reader of CONDITION with some words replaced."""

    def read(*changes: tuple[str, str]) -> dict[str, Condition]:
        text = CONDITION
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "conditions.yml"
        path.write_text(text)
        return load_conditions(facts, path)

    return read


def test_each_plan_has_its_own_words(load: WriteConditions) -> None:
    condition = load()["hay_fever"]
    assert condition.texts["504"].more == "Ask the nurse."
    assert condition.texts["either"].short == "It may."
    assert condition.medical


@pytest.mark.parametrize(
    ("name", "in_sentence"), [("Hay fever", "hay fever"), ("ADHD", "ADHD"), ("OCD and tics", "OCD and tics")]
)
def test_a_name_stands_small_in_a_sentence_unless_it_is_an_abbreviation(
    load: WriteConditions, name: str, in_sentence: str
) -> None:
    assert load(("name: Hay fever", f"name: {name}"))["hay_fever"].in_sentence == in_sentence


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  facts: [s504_episodic]\n", ""), "lacks `facts`"),
        (("s504_episodic", "s504_pollen"), r"content/facts has no s504_pollen"),
        (("    either: {short: It may., simple: Maybe.}\n", ""), "`either` is missing"),
        (('    "504": {short', '    "506": {short'), "no plan 506"),
        (("simple: Maybe.}\n    either", "simpel: Maybe.}\n    either"), "simpel"),
        (("pollen allergy", "Hay Fever"), "hay fever stands twice"),
        (("supports: [Tissues at the desk", "supports: [Tissues: at the desk"), "is no sentence"),
    ],
)
def test_a_broken_condition_is_refused_with_its_line(
    load: WriteConditions, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(ContentError, match=rf"conditions\.yml:\d+: .*{complaint}"):
        load(change)


def test_one_wording_leads_to_one_condition(load: WriteConditions) -> None:
    twin = CONDITION.replace("hay_fever", "dust").replace("Hay fever", "Dust").replace("hay fever", "Pollen")
    with pytest.raises(ContentError, match="pollen stands twice"):
        load((CONDITION, CONDITION + twin))
