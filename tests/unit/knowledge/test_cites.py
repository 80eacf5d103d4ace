"""A reader sees law, cases and official guides; what editors note beside them is not sent."""

from __future__ import annotations

import re

import pytest

from assistant.knowledge.cites import for_readers
from assistant.knowledge.library import library

FOR_EDITORS = re.compile(
    r"\bPractice\b|Founding article|\b[\w-]+\.(com|org)\b|\w_\w|Hillsborough|as told by|\bOwn statement"
)


@pytest.mark.parametrize(
    ("cite", "read"),
    [
        ("Founding article (SPEDSA); 34 CFR 104.7(b); OCR complaint page", "34 CFR 104.7(b); OCR complaint page"),
        ("Practice; 34 CFR 300.324(a)(1)(ii), 300.503", "34 CFR 300.324(a)(1)(ii), 300.503"),
        ("34 CFR 104.35(a); advocacysd.com", "34 CFR 104.35(a)"),
        ("OCR (Dec. 2, 2015; Jan. 9, 2017); s504_examples", "OCR (Dec. 2, 2015; Jan. 9, 2017)"),
        ("A School District (OCR), 20 IDELR 549 (1993), as told by an advocate", "A School District (OCR), 20 IDELR 549 (1993)"),
        ("Endrew F., 580 U.S. 386 (2017); 20 U.S.C. 1414", "Endrew F., 580 U.S. 386 (2017); 20 U.S.C. 1414"),
        ("Practice", ""),
    ],
)  # fmt: skip
def test_what_is_read_of_a_cite(cite: str, read: str) -> None:
    assert for_readers(cite, lambda part: part.startswith("OCR")) == read


def test_no_source_of_any_fact_holds_a_note_of_an_editor() -> None:
    facts = library().facts
    sources = {name: facts.source(fact.cite) for name, fact in facts.by_id.items()}
    noted = {name: one.cite for name, one in sources.items() if one and FOR_EDITORS.search(one.cite)}
    assert noted == {}


def test_every_source_of_law_keeps_its_section() -> None:
    facts = library().facts
    sources = [facts.source(fact.cite) for fact in facts.by_id.values() if "CFR" in fact.cite]
    assert len(sources) > 500
    assert all("CFR" in one.cite or not one.title.startswith("Federal rule") for one in sources if one)
