"""What a second legal reading, of every point, found missing or untrue stays mended: a row a finding.

The reading (November 29, 2026) was done as an attorney for parents and as a parent would do it; no attorney has signed it.
"""

from __future__ import annotations

import re

import pytest

from assistant.knowledge.library import library
from assistant.knowledge.points import name_of, point_files
from assistant.knowledge.source import ANSWERS, CONTENT, read

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
    # the second reading of thirty more topics, November 30, 2026
    ("ask_consent/force_testing", "iep", "test your child", "", "iep_due_process_answer_10"),
    ("ask_switch_plan/they_push_to_504", "iep", "a no alone may not stop it", "^You can say no[.]", ""),
    ("ask_switch_plan/they_push_to_504", "either", "a no alone may not stop it", "", ""),
    (
        "ask_mediation/for_504",
        "iep",
        "the school may say no",
        "can get free state mediation",
        "iep_mediation",
    ),
    ("ask_privacy_breach/complain_where", "iep", "were announced in June 2026", "were moved", ""),
    ("ask_privacy_breach/complain_where", "either", "were announced in June 2026", "were moved", ""),
    ("ask_privacy_breach/apps_and_ai", "either", "^You can object", "", "law_vendor_apps"),
    ("ask_testing/school_will_not_apply", "either", "^You can ask the College Board", "", ""),
    ("ask_difference/safety_in_discipline", "either", "^An IEP protects your child more", "", ""),
    ("ask_explain_plan/why_on_paper", "either", "ask for an evaluation", "that it go into a plan", ""),
    ("ask_explain_plan/other_school_plans", "either", "such as a hearing", "no safety in discipline", ""),
    ("ask_request_meeting/they_refuse", "either", "^The school may refuse an extra IEP meeting only", "", ""),
    ("ask_temporary/getting_around", "either", "elevator that the school has", "must keep an elevator", ""),
    ("ask_get_started/who_starts_it", "504", "do not count on a doctor's letter", "starts nothing", ""),
    ("ask_diabetes/what_school_owes", "iep", "^The school has to give", "", ""),
)


# What the first reading (tests/content/test_attorney.py, its numbers) found in words that a topic no longer says, since a point says them:
# finding, point, plan, patterns of the right words, of the wrong ones, the facts that back it
FIRST_READING = (
    ("1 police", "ask_police/handcuffed", "either", ("School police must make reasonable changes", "for the report and that all video be kept", "lawyer"), ("count the days",), ("law_sro_reasonable_modifications", "law_records_kept_while_asked")),
    ("1 police, what the school hands over", "ask_police/papers_to_police", "iep", ("only as far as privacy law", "your written consent"), (), ("law_police_records_limits", "iep_police")),
    ("1 police, who speaks", "ask_police/arrested_today", "either", ("no questions, my child wants a lawyer", "all papers and video"), ("count the days",), ("law_gault_child_lawyer",)),
    ("6 a shortened day, decided alone", "ask_sent_home/principal_cut_the_day", "iep", ("may not cut your child's day alone", "for the team", "full day tomorrow", "prior written notice", "due process .* usually"), ("counts as",), ("iep_shortened_day", "iep_pwn_when", "iep_stay_put")),
    ("6 a shortened day, to undo it", "ask_sent_home/back_to_full_day", "iep", ("IEP meeting", "behavior study", "make-up services", "prior written notice"), (), ("iep_shortened_day_what_to_ask", "iep_comp_ed")),
    ("6 a shortened day, refused", "ask_sent_home/agree_to_short_day", "iep", ("do not have to agree", "IEP meeting", "behavior study"), ("counts as",), ("iep_shortened_day",)),
    ("6 a shortened day, 504", "ask_sent_home/agree_to_short_day", "504", ("Federal guidance says the lost hours can count as removals",), ("counts the lost hours", "counts as"), ("s504_informal_removals",)),
    ("6 sent home", "ask_discipline/sent_home_early", "either", ("can count as a suspension day", "federal guidance"), ("counts as",), ("iep_informal_removals", "s504_informal_removals")),
    *(
        (f"7 expulsion tomorrow, {plan}", "ask_discipline/expulsion_hearing", plan, ("^Before the expulsion hearing", "email the principal and the superintendent", "lawyer or your disability rights agency"), ("^Count the days",), ("law_mdr_before_expulsion_hearing",))
        for plan in ("504", "iep", "either")
    ),
    ("7 expulsion tomorrow, no plan", "ask_discipline/expulsion_hearing", "none", ("ask for an evaluation", "call a lawyer"), (), ("iep_discipline_not_yet_eligible",)),
    ("10 either parent may take consent back", "ask_consent/other_parent_refuses", "iep", ("either parent can also take consent back in writing", "then all services end", "family lawyer"), (), ("iep_revoke_other_parent", "iep_consent_two_parents")),
    ("10 with the plan unknown", "ask_consent/other_parent_refuses", "either", ("either parent can take IEP consent back in writing", "all of it ends", "family lawyer"), (), ("iep_revoke_other_parent",)),
    ("10 divorced, who decides", "ask_who_decides/divorced_who_decides", "iep", ("either may later take it back", "then all services end"), (), ("iep_revoke_other_parent",)),
    ("10 a partner against the label", "ask_stigma/partner_says_no_label", "either", ("the other may take it back",), (), ("iep_revoke_other_parent",)),
    ("10 it ended, and a new start", "ask_who_decides/ex_ended_the_plan", "iep", ("new evaluation", "cannot fight that by hearing"), (), ("iep_revoke_other_parent",)),
    *(
        (f"12 before leaving, {plan}", "ask_tuition/pay_back_if_we_leave", plan, ("Do not leave yet", "10 business day", "two years, or", "lawyer"), (), ("iep_private_placement_reimburse",))
        for plan in ("iep", "either")
    ),
    ("12 what to say before leaving", "ask_tuition/ten_day_notice", "either", ("you reject the district's offer, why", "10 business days before"), (), ("iep_tuition_what_to_say",)),
    ("12 no notice, money cut", "ask_tuition/no_notice_given", "iep", ("may be cut or denied",), (), ("iep_private_placement_reimburse",)),
    ("13 announced, plan not followed, 504", "ask_not_followed/what_to_file", "504", ("In June 2026 it was announced", "do not use that way alone", "grievance"), (), ("law_fed_2026_announced", "law_use_other_ways_too")),
    ("13 announced, plan not followed", "ask_not_followed/what_to_file", "either", ("In June 2026 it was announced", "grievance or hearing", "state complaint"), (), ("law_fed_2026_announced",)),
    ("13 announced, bullying, 504", "ask_bullying/nothing_happens", "504", ("was announced in June 2026", "check first where to file", "grievance"), (), ("law_fed_2026_announced",)),
    ("13 announced, bullying", "ask_bullying/nothing_happens", "either", ("was announced in June 2026", "check first where to file"), (), ("law_fed_2026_announced",)),
    ("15 at 18 the decisions pass too", "ask_turning_18/what_changes", "iep", ("IEP decisions at 18 in most states", "records pass at 18 in all states"), (), ("iep_age_of_majority", "iep_18_student_decides")),
    ("15 with the plan unknown", "ask_turning_18/what_changes", "either", ("records at 18, and in most states the IEP decisions too",), (), ("iep_age_of_majority",)),
    ("15 not in each state", "ask_turning_18/other_age_in_state", "iep", ("not 18 in every state", "in some the parents keep them longer"), (), ("iep_rights_stay_with_parents_states",)),
    ("15 a paper lets the parent decide", "ask_turning_18/power_of_attorney", "iep", ("power of attorney for school decisions",), (), ("iep_18_school_options",)),
    ("15 or help", "ask_turning_18/cannot_decide_alone", "iep", ("power of attorney, supported decision-making or guardianship",), (), ("iep_age_majority_options",)),
    ("15 a tax dependent's records", "ask_turning_18/school_cuts_me_off", "either", ("claim the student on taxes",), (), ("law_dependent_student_records",)),
    ("22 usually stays, while it lasts", "ask_due_process/how_long", "iep", ("usually stays put",), ("your child stays put",), ("iep_stay_put",)),
    ("22 usually stays, beside mediation", "ask_stay_put/complaint_or_mediation", "iep", ("usually stays in the current placement",), ("your child stays put",), ("iep_stay_put",)),
    ("22 discipline differs", "ask_stay_put/during_discipline", "iep", ("interim setting",), (), ()),
    ("24 restraint: keep the video", "ask_restraint/save_the_video", "either", ("Email the principal tonight", "that it be kept"), (), ("law_records_kept_while_asked", "law_video_education_record")),
    ("24 restraint: photos, police", "ask_restraint/bruises_tonight", "either", ("photograph the bruises", "doctor", "call the police or Childhelp at 1-800-422-4453", "keep all video"), (), ("practice_restraint_tonight", "practice_crisis_child_abuse", "law_records_kept_while_asked")),
    *(
        (f"24 held down or shut in, {plan}", "ask_restraint/is_it_legal", plan, ("keep all video", "report"), (), ("law_records_kept_while_asked", "practice_restraint_tonight", "practice_crisis_child_abuse"))
        for plan in ("504", "iep", "either")
    ),
    ("24 staff who hit", "ask_restraint/staff_hit_child", "either", ("to the police or to child protection", "1-800-422-4453"), (), ("practice_crisis_child_abuse",)),
    ("5 who may be expelled", "ask_expulsion/can_they_expel", "either", ("did not come from the disability", "failure to follow the IEP"), ("did not cause",), ("iep_mdr_either_yes_is_enough",)),
    *(
        (f"26 use or having it, {plan}", "ask_discipline/using_drugs_504", plan, ("for using or having them",), ("alcohol at school",), ("s504_drug_exception",))
        for plan in ("504", "either")
    ),
    *(
        (f"29 the budget, {plan}", "ask_cost/not_in_the_budget", plan, ("federal guidance says",), ("no lawful reason to leave a 504", "needs under a plan"), ("s504_no_federal_money",))
        for plan in ("504", "either")
    ),
    ("29 too many plans", "ask_school_refused/too_many_already", "504", ("no reason to leave a 504 plan undone, federal guidance says",), ("no lawful reason",), ("s504_no_federal_money",)),
    ("31 controlled medicine", "ask_medication/no_plan_without_meds", "either", ("a stimulant or other controlled medicine", "other medicine"), ("such as ADHD medicine",), ("iep_medication_no_condition", "iep_medication_rule_reach")),
    *(
        (f"31 as a condition, {plan}", "ask_consent/conditions_on_plan", plan, ("controlled medicine, such as stimulants for ADHD",), ("ADHD medicine",), ("iep_medication_no_condition",))
        for plan in ("504", "iep", "either")
    ),
    ("31 told to", "ask_medication/told_to_medicate", "either", ("may not require a stimulant for ADHD or other controlled medicine",), ("may not require medicine",), ("iep_medication_no_condition",)),
    ("31 on it and fine", "ask_condition_qualifies/on_medicine_and_fine", "iep", ("a stimulant for ADHD",), ("ADHD medicine",), ("iep_medication_no_condition",)),
    ("43 an aide: need, not a rule", "ask_aide/no_one_gets_one", "iep", ("may not refuse an aide because of a rule", "your child's needs", r"prior written notice \(PWN\)"), ("possible, not promised",), ("iep_aide", "iep_one_size_policy", "iep_pwn_when")),
    ("43 an aide: when", "ask_aide/when_owed", "iep", ("needs one to benefit", "without an adult"), ("possible, not promised",), ("iep_aide_if_needed", "iep_supplementary_aids")),
    ("43 an aide: the data", "ask_aide/show_the_need", "iep", ("can and cannot do when no adult helps", "behavior study"), (), ("iep_aide_data",)),
    *(
        (f"11 staff told other parents, {plan}", "ask_privacy_breach/told_other_parents", plan, ("may not tell other parents", "180 days", r"studentprivacy\.ed\.gov"), ("each parent may see",), ("law_school_needs_consent_to_share", "law_ferpa_complaint"))
        for plan in ("iep", "either")
    ),
    ("11 where to complain", "ask_privacy_breach/complain_where", "either", ("Student Privacy Policy Office", "within 180 days", r"studentprivacy\.ed\.gov"), (), ("law_ferpa_complaint",)),
    ("who keeps the file", "ask_consent/file_after_ending", "iep", ("does not have to take out of the file", "stays private"), (), ("iep_consent_revoke_records", "iep_records_who_sees")),
    *(
        (f"one signature, {plan}", "ask_consent/other_parent_signed", plan, ("one parent's signature is enough", "court order", "family court"), (), ("iep_consent_two_parents", "iep_revoke_other_parent"))
        for plan in ("iep", "either")
    ),
    ("a hold goes on unsigned", "ask_restraint/hold_in_the_plan", "iep", ("do not have to sign", "in most states the IEP goes on"), ("illegal",), ("law_restraint_breathing", "iep_consent_later_ieps")),
    ("hearing aids, IEP alone", "ask_assistive_tech/hearing_aids_checked", "504", ("is for an IEP",), ("has to check",), ("s504_effective_communication",)),
    ("after a move, the courts that differ", "ask_compensatory/after_we_move", "iep", ("one year", "Minnesota", "before you leave"), (), ("iep_claim_after_move", "iep_state_complaint_1_year")),
    *(
        (f"their lawyer only with yours, {plan}", "ask_due_process/who_in_resolution", plan, ("only if yours does", "an advocate does not change that"), (), ("iep_resolution_who", "iep_resolution_helper"))
        for plan in ("iep", "either")
    ),
    *(
        (f"no school staff as surrogate, {plan}", "ask_who_decides/surrogate_parent", plan, ("never a caseworker or school staff", "foster parent usually counts"), (), ("iep_surrogate_parent", "iep_foster_parent_may_sign"))
        for plan in ("iep", "either")
    ),
    *(
        (f"a relative beside you, {plan}", "ask_meeting_prep/bring_someone", plan, ("sits beside you, not in your place", "court named"), (), ("iep_bring_someone", "iep_parent_stepparent_grandparent_sign"))
        for plan in ("iep", "either")
    ),
    ("who must come before three", "ask_early_childhood/transition_meeting", "either", ("have to take part",), (), ("iep_part_c_conference_who", "iep_part_c_district_comes")),
)  # fmt: skip


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
    ("point", "plan", "has", "lacks", "facts"),
    [pytest.param(*row, id=name) for name, *row in FIRST_READING],
)
def test_what_a_topic_said_a_point_says(
    point: str, plan: str, has: tuple[str, ...], lacks: tuple[str, ...], facts: tuple[str, ...]
) -> None:
    data = read(ANSWERS / f"{point}.yml").data
    said = " ".join(data["says"][plan].split())
    assert data["status"] == "live"
    assert [wanted for wanted in has if not re.search(wanted, said, re.IGNORECASE)] == [], said
    assert [wrong for wrong in lacks if re.search(wrong, said, re.IGNORECASE)] == [], said
    assert set(facts) <= set(data["facts"][plan])


def test_expulsion_tomorrow_names_who_helps_for_free() -> None:  # 7
    urgent = " ".join(read(ANSWERS / "ask_discipline/expulsion_hearing.yml").data["urgent"].split())
    assert "Hearing tomorrow" in urgent
    assert "ndrn.org" in urgent


def test_held_down_or_shut_in_names_photos_and_police() -> None:  # 24
    urgent = " ".join(read(ANSWERS / "ask_restraint/is_it_legal.yml").data["urgent"].split())
    assert re.search("photos.* doctor.* police or Childhelp", urgent)


def test_while_we_argue_the_placement_usually_stays() -> None:  # 22
    texts = read(ANSWERS / "ask_stay_put/topic.yml").data["texts"]
    for plan in ("iep", "either"):
        assert "usually keeps" in " ".join(texts[plan]["short"].split())


def test_payment_asked_begins_with_not_leaving_yet() -> None:  # 12
    texts = read(ANSWERS / "ask_tuition/topic.yml").data["texts"]
    for plan in ("iep", "either"):
        assert texts[plan]["short"].startswith("Do not ")
        assert "10 business days before" in " ".join(texts[plan]["short"].split())


@pytest.mark.parametrize(
    ("state", "point", "field", "has"),
    [
        ("California", "ask_meeting_prep/record_it", "recording", "24 hours"),  # 37
        ("Pennsylvania", "ask_turning_18/what_changes", "rights_transfer_age", "do not pass at 18"),  # 15
        ("Pennsylvania", "ask_turning_18/who_signs", "rights_transfer_age", "do not pass at 18"),
    ],
)
def test_the_states_own_rule_comes_first(state: str, point: str, field: str, has: str) -> None:
    known = library()
    assert field in known.points[point].states
    packs = {pack.state: pack for pack in known.packs.values()}
    assert has in packs[state].facts[field].says


def test_no_point_calls_the_move_of_2026_done_nor_the_stay_sure() -> None:  # 13, 22, 31
    wrong = re.compile(
        r"Since June (16, )?2026|passes (these|disability) complaints"
        r"|your child stays put|such as ADHD medicine|may not require ADHD medicine"
    )
    said = {name_of(path): " ".join(path.read_text(encoding="utf-8").split()) for path in point_files()}
    assert [name for name, words in said.items() if wrong.search(words)] == []


def test_no_text_narrows_what_the_manifestation_meeting_asks() -> None:  # 5
    """Weapons and drugs are moved "even if the disability caused it": there the narrow words are right."""
    narrow = re.compile(
        r"(?<!even )(?:if|whether|that) the disability (?:caused|did not cause) (?:it|the behavior)\b"
        r"(?! or (?:is closely|had a direct))|disability is found to be the cause|for what the disability caused"
    )
    texts = {path: path.read_text(encoding="utf-8") for path in (CONTENT / "en").rglob("*.yml")}
    assert [str(path) for path, words in texts.items() if narrow.search(" ".join(words.split()))] == []


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


def test_the_ten_days_are_said_of_the_iep_alone() -> None:
    urgent = " ".join(read(ANSWERS / "ask_consent/force_testing.yml").data["urgent"].split())
    assert "IEP due process papers" in urgent
    assert "within 10 days" in urgent


def test_words_to_enroll_fit_a_foster_child_too() -> None:
    script = read(ANSWERS / "ask_homeless_foster/enroll_without_papers.yml").data["script"]["either"]
    assert script.startswith("[We have lost our housing / This is a foster child.]")
    assert re.search(r"6311\(g\)\(1\)\(E\)", script)


def test_words_to_send_promise_no_coming_to_a_meeting() -> None:
    script = " ".join(read(ANSWERS / "ask_sst_meeting/must_be_first.yml").data["script"]["either"].split())
    assert "I will come" not in script


def test_a_students_own_question_at_college_sends_no_one_to_the_high_school() -> None:
    for point in ("professor_refuses", "failing_now", "dorm_room", "i_talk_to_college"):
        assert read(ANSWERS / f"ask_college/{point}.yml").data["contact"] == {}
