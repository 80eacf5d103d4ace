"""How a term is headed when a parent asks what it means."""

import pytest

from assistant.knowledge.glossary import Term


def title(name: str, *also: str) -> str:
    return Term(name, also, "meaning", "both", "").title


@pytest.mark.parametrize(
    ("name", "also", "heading"),
    [
        ("IEE", "independent educational evaluation", "Independent educational evaluation (IEE)"),
        ("MTSS", "multi-tiered system of supports", "Multi-tiered system of supports (MTSS)"),
        ("SOP", "summary of performance", "Summary of performance (SOP)"),
        ("P&A", "protection and advocacy", "Protection and advocacy (P&A)"),
        ("PTI", "Parent Training and Information Center", "Parent Training and Information Center (PTI)"),
        ("specially designed instruction", "SDI", "Specially designed instruction (SDI)"),
        ("resource room", "RSP", "Resource room"),
    ],
)
def test_letters_and_what_they_stand_for_are_both_said(name: str, also: str, heading: str) -> None:
    assert title(name, also) == heading


def test_another_wording_in_capitals_is_not_taken_for_the_letters() -> None:
    assert title("OHI", "ADHD category", "other health impairment") == "Other health impairment (OHI)"
