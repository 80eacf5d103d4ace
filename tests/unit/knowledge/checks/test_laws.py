"""A law that a text names stands in one of its facts, in words to send as in an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.checks import laws, reading, wording
from assistant.knowledge.checks.passages import SCRIPT, Passage, of_point
from assistant.knowledge.facts import Facts
from assistant.knowledge.glossary import load_glossary
from assistant.knowledge.source import read

POINT = """\
asks: "What do I write?"
says:
  either: The school answers. Email it tonight.
facts:
  iep: [iep_pwn_contents]
  either: [{facts}]
script:
  either: {script}
"""


def sent(tmp_path: Path, script: str, facts: str = "practice_contact_log") -> list[Passage]:
    path = tmp_path / "ask_cost" / "what_to_write.yml"
    path.parent.mkdir()
    path.write_text(POINT.format(script=f"'{script}'", facts=facts))
    return [passage for passage in of_point(read(path)) if passage.kind == SCRIPT]


@pytest.mark.parametrize(
    ("script", "fact", "law"),
    [
        ("Please answer [me] under 34 CFR 300.503.", "iep_pwn_contents", "300.503"),
        ("It is free (34 CFR 300.17, 104.33(c)).", "s504_legally_binding", "300.17"),
        ("Please send prior written notice.", "iep_pwn_contents", "prior written notice"),
        ("Please evaluate for Section 504.", "s504_law_names", "Section 504"),
        ("This is a request under FERPA.", "s504_records_right", "FERPA"),
    ],
)
def test_a_law_in_words_to_send_rests_on_a_fact(
    tmp_path: Path, facts: Facts, script: str, fact: str, law: str
) -> None:
    passages = sent(tmp_path, script)
    assert any(f"names {law}," in finding.problem for finding in laws.find(passages, facts))
    path = passages[0].file.path
    path.write_text(POINT.format(script=f"'{script}'", facts=f"{fact}, iep_cost_free"))
    backed = [passage for passage in of_point(read(path)) if passage.kind == SCRIPT]
    assert list(laws.find(backed, facts)) == []


def test_what_a_parent_fills_in_is_no_claim(tmp_path: Path, facts: Facts) -> None:
    assert list(laws.find(sent(tmp_path, "I ask under [Section 504 or IDEA]."), facts)) == []


def test_a_longer_number_is_another_section(tmp_path: Path, facts: Facts) -> None:
    (found,) = laws.find(sent(tmp_path, "See 34 CFR 300.50.", "iep_pwn_contents"), facts)
    assert "300.50," in found.problem


def test_a_duty_in_words_to_send_rests_on_a_law(tmp_path: Path, facts: Facts) -> None:
    passages = sent(tmp_path, "The school has to pay for [it].")
    assert any("cites a law" in finding.problem for finding in wording.find(passages, load_glossary(), facts))


def test_the_school_knows_its_letters_and_reads_long_sentences(tmp_path: Path, facts: Facts) -> None:
    passages = sent(tmp_path, "Please send the FBA " + "and the papers that belong to it " * 5 + "to [name].")
    assert list(wording.find(passages, load_glossary(), facts)) == []
    assert list(reading.find(passages)) == []


def test_words_to_send_for_a_plan_without_facts_of_its_own_rest_on_those_for_either(tmp_path: Path) -> None:
    (passage,) = sent(tmp_path, "Please [do].", "iep_pwn_contents")
    assert passage.facts == ("iep_pwn_contents",)
