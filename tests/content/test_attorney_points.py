"""What a second legal reading, of every point, found missing or untrue stays mended: a row a finding.

The reading (November 29, 2026) was done as an attorney for parents and as a parent would do it; no attorney has signed it.
"""

from __future__ import annotations

import re

import pytest

from assistant.knowledge.source import ANSWERS, read

# point, plan, a pattern of the right words, a pattern of the wrong ones, a fact that backs it
FINDINGS = (
    (
        "ask_disagree/district_against_me",
        "iep",
        "within 10 days",
        "by the date on it",
        "iep_due_process_answer_10",
    ),
    (
        "ask_disagree/district_against_me",
        "either",
        "within 10 days",
        "by the date on it",
        "iep_due_process_answer_10",
    ),
    ("ask_private_evaluation/they_filed_hearing", "iep", "within 10 days", "", "iep_due_process_answer_10"),
    ("ask_discipline/after_45_days", "iep", "lawful discipline goes on", "", "iep_manifestation_no"),
    ("ask_discipline/after_45_days", "either", "lawful discipline goes on", "", "iep_manifestation_no"),
    ("ask_discipline/no_plan_yet_suspended", "either", "not eligible", "", "iep_534_lost_when"),
    (
        "ask_discipline/no_plan_yet_suspended",
        "none",
        "lose it if you refused testing",
        "",
        "iep_534_lost_when",
    ),
    ("ask_discipline/see_it_coming", "none", "a worry you only spoke of", "spoken words do not count", ""),
    ("ask_discipline/using_drugs_504", "either", "for illegal drugs up to 45", "", "iep_45_day"),
    ("ask_discipline/lost_days_back", "iep", "one year", "", "iep_state_complaint_1_year"),
    ("ask_stay_put/file_by_when", "iep", "5 to 15 days", "10 or 15", "iep_stay_put_state_windows"),
    ("ask_stay_put/file_by_when", "either", "5 to 15 days", "10 or 15", ""),
    ("ask_consent/days_to_object", "iep", "5 to 15 days", "10 or 15", "iep_stay_put_state_windows"),
    ("ask_switch_plan/object_by_when", "iep", "5 to 15 days", "10 or 15", ""),
    ("ask_consent/sign_today", "either", "in many states", "in some states silence", ""),
    (
        "ask_consent/force_testing",
        "either",
        "home-school or pay for a private school",
        "",
        "iep_reeval_refuse",
    ),
    ("ask_placement/out_of_district", "iep", "10 business days", "", "iep_private_placement_reimburse"),
    ("ask_placement/out_of_district", "either", "10 business days", "", "iep_private_placement_reimburse"),
    (
        "ask_eligibility/blame_absences_teaching",
        "iep",
        "hard home as the main cause",
        "no only if",
        "iep_cat_sld",
    ),
    ("ask_lawsuit/money_damages", "either", "many courts say the same for the ADA", "may ask for more", ""),
    ("ask_benefits/ssi_at_18", "either", "within 10 days of the letter", "", "law_ssi_age_18"),
    (
        "ask_timeline/days_to_answer",
        "either",
        "For an IEP the answer is",
        "The answer has to be a consent form",
        "",
    ),
    ("ask_timeline/deadline_passed", "either", "180 days", "", "s504_ocr_180_days"),
    ("ask_timeline/weeks_of_silence", "either", "180 days", "", "s504_ocr_180_days"),
    ("ask_plan_ends/ended_in_secret", "either", "180 days", "", "s504_ocr_180_days"),
    ("ask_restraint/locked_in_often", "iep", "within one year", "", "iep_state_complaint_1_year"),
    ("ask_compensatory/they_refuse", "either", "180 days", "", "s504_ocr_180_days"),
)


@pytest.mark.parametrize(
    ("point", "plan", "has", "lacks", "fact"), FINDINGS, ids=lambda value: str(value)[:45]
)
def test_it_stays_mended(point: str, plan: str, has: str, lacks: str, fact: str) -> None:
    data = read(ANSWERS / f"{point}.yml").data
    said = " ".join(data["says"][plan].split())
    assert re.search(has, said, re.IGNORECASE), said
    assert not lacks or not re.search(lacks, said, re.IGNORECASE), said
    assert not fact or fact in data["facts"][plan]


@pytest.mark.parametrize(
    "point",
    [
        "ask_disagree/district_against_me",
        "ask_consent/force_testing",
        "ask_private_evaluation/they_filed_hearing",
    ],
)
def test_papers_for_a_hearing_bring_the_ten_days_first(point: str) -> None:
    assert "within 10 days" in " ".join(read(ANSWERS / f"{point}.yml").data["urgent"].split())
