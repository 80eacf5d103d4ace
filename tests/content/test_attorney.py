"""What a strict legal reading found untrue, or costing a right, stays mended: the right words are there, the wrong ones gone.

The reading (November 29, 2026) was done as an attorney for parents would do it; no attorney has signed it. A row a finding, in its order.
The first of the 45, questions without an answer that get the nearest topic's law, is mostly no text's fault: the points answer them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.knowledge.answers import side_texts
from assistant.knowledge.library import library
from assistant.knowledge.source import CONTENT, read, topic_file
from assistant.settings import TOP


@dataclass(frozen=True)
class Finding:
    """One fault.

    Attributes:
        where: A topic, "topic:plan" for one of its texts, "topic:kind.name" for a follow-up, "fact:id", or a
            file below content/.
        has: Patterns of the right words; each has to be found.
        lacks: Patterns of the wrong ones; none may be found.
        facts: Ids that some text of the topic has to list.
    """

    name: str
    where: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


FINDINGS = (
    Finding("1 what is not known says so, and who helps", "phrases/talk.yml", ("I have no checked answer to that", r"parentcenterhub\.org"), ("outside what I know",)),
    Finding("10 ending the IEP against the other parent", "ask_consent", ("Either parent", "family lawyer"), (), ("iep_revoke_other_parent",)),
    Finding(
        "2 privacy, web: what leaves is said",
        "ask_privacy:either",
        ("school does not see", "Slack, another company", "by email and calendar", "each line as you type"),
        (r"any outside company", r"Nothing you write goes"),
    ),
    Finding("2 privacy, Slack", "ask_privacy:by_channel.slack", ("goes through Slack", "delete your own messages"), ("stays on our server",)),
    Finding(
        "3 out of school while the fast evaluation runs",
        "ask_discipline:none",
        ("may keep your child out", "even without lessons", "ask for work in the same email", r"ndrn\.org"),
        facts=("iep_534_out_meanwhile",),
    ),
    Finding(
        "4 who has to have had the letter",
        "ask_discipline:none",
        ("a teacher of your child, the principal or the district", "told a supervisor"),
        ("wrote to school staff",),
    ),
    Finding("4 its fact", "fact:iep_discipline_not_yet_eligible", ("administrator or a teacher of the child", "without teaching"), ("to school staff",)),
    Finding("5 manifestation has three arms", "ask_discipline:either", ("closely tied to it", "plan not followed", "one yes is enough"), facts=("iep_mdr_either_yes_is_enough",)),
    Finding("5 manifestation, IEP", "ask_discipline:iep", ("closely tied to it", "IEP not followed", "One yes is enough")),
    Finding("5 the word itself", "glossary.yml", ("if the disability caused the behavior or is closely tied to it",), ("if the disability caused it",)),
    Finding("5 expelled with an IEP", "ask_expulsion:iep", ("behind it or the IEP was not followed", "If neither, teaching must go on"), facts=("iep_mdr_either_yes_is_enough",)),
    Finding("6 sent home can count", "ask_discipline", ("can count as a removal",), ("counts as removal", "counts as being removed")),
    Finding("6 its facts", "fact:s504_informal_removals", ("can count",), ("counts as removal",)),
    Finding(
        "8 a diploma or the age limit needs no new tests",
        "ask_plan_ends:iep",
        ("No new tests are needed", "change of placement", "before the date"),
        ("Not without an evaluation",),
        ("iep_plan_end_no_new_tests", "iep_graduation_stay_put"),
    ),
    Finding(
        "9 the military compact is law",
        "ask_move",
        ("Interstate Compact", "school liaison officer", "Enroll at once, without papers"),
        ("advice, not law", "no law names a day"),
        ("law_military_iep_honored", "law_military_504_honored", "law_homeless_enroll_now", "law_foster_school_stability"),
    ),
    Finding("10 in the general text", "ask_consent:iep", ("either parent can also take it back",)),
    Finding("10 and with the plan unknown", "ask_consent:either", ("either parent can also take it back",)),
    *(
        Finding(f"11 FERPA complaint, {plan}", f"ask_records:{plan}", (r"studentprivacy\.ed\.gov", "180 days"), facts=("law_ferpa_complaint",))
        for plan in ("504", "iep", "either", "none")
    ),
    Finding("11 refused", "answers/ask_records/request_refused.yml", ("Student Privacy Policy Office within 180 days",)),
    Finding("11 staff told other parents", "answers/ask_privacy_breach/told_other_parents.yml", ("may not tell other parents",), ("each parent may see",)),
    Finding("12 the notice before leaving", "ask_private_school:either", ("Do not take your child out yet", "10 business days"), facts=("iep_private_placement_reimburse",)),
    Finding("12 its fact", "fact:iep_private_placement_reimburse", ("within two years", "let the district test", r"300\.148\(e\)")),
    *(
        Finding(
            f"13 June 16, 2026 was announced, {topic}",
            topic,
            ("June 16, 2026 it was announced",),
            (r"Since June (16, )?2026", r"passes (these|disability) complaints"),
        )
        for topic in ("ask_complaint", "ask_law", "glossary.yml", "contacts.yml")
    ),
    *(
        Finding(f"13 nor said otherwise, {topic}", topic, (), (r"Since June (16, )?2026", r"passes (these|disability) complaints"))
        for topic in ("ask_not_followed", "ask_bullying")
    ),
    *(
        Finding(f"13 a second route beside it, {plan}", f"ask_complaint:{plan}", ("nothing may happen", "at the same time"))
        for plan in ("504", "iep", "either", "none")
    ),
    Finding("13 its fact", "fact:s504_complaint_since_june_2026", ("announced", "may choose its cases", "at the same time"), ("before release",)),
    Finding(
        "14 no withdrawn letter as authority",
        "ask_english_learner",
        ("withdrawn in August 2025", "Title VI"),
        facts=("s504_el_law",),
    ),
    *(
        Finding(f"14 {fact}", f"fact:{fact}", (cite,), ("Dear Colleague Letter", r"edlawdawg"))
        for fact, cite in (
            ("s504_interpreter_parents", r"42 U\.S\.C\. 2000d"),
            ("s504_el_child", r"20 U\.S\.C\. 1703"),
            ("practice_interpreter_ask", r"34 CFR 300\.322\(e\)"),
        )
    ),
    Finding("16 school avoidance is a sign for an IEP", "ask_which_plan:504", ("misses much school because of anxiety. Ask for the IEP evaluation",), ("absences or stress, not the lessons",)),
    *(
        Finding(f"17 the evaluation request first, {topic}", f"{topic}:{plan}", (r"^[^.]*[Ee]valuat|^[^:]*\"Please evaluate|^[^.]*\. [^.]*\"Please evaluate", "Student Study Team", "principal"), (r"You may also ask for an evaluation",), ("s504_evaluation_request_first",))
        for topic, plan in (("ask_get_started", "none"), ("ask_get_started", "either"), ("ask_not_followed", "none"), ("ask_who_to_contact", "none"), ("ask_who_leads", "none"))
    ),
    Finding("20 later IEPs and their windows", "ask_consent:iep", ("California and Virginia need your yes", "10 in Pennsylvania and Illinois, 15 in New Jersey"), ("may often go ahead after written notice. Some",), ("iep_later_iep_state_windows",)),
    Finding("20 in disagreements", "ask_disagree:iep", ("California and Virginia need your yes",), ("so don't wait",)),
    Finding("20 in switching", "ask_switch_plan", ("California and Virginia need your yes",)),
    Finding("21 one year in some states", "ask_disagree:iep", ("one year in North Carolina",), facts=("iep_hearing_limit_one_year_states",)),
    Finding("23 no assurance of nobody", "ask_bot_identity", ("can pick the wrong one", "not legal advice"), ("checked every answer", "make things up", "People wrote")),
    Finding("25 no waiting for the no", "ask_complaint:none", ("do not wait for it", "run from the day they refused"), ("the no in writing first",)),
    Finding("26 drugs", "ask_discipline:504", ("for current use, or having it", "no 504 meeting"), ("use at school",)),
    Finding("26 its fact", "fact:s504_drug_exception", (r"104\.36",), ("at school may",)),
    Finding("27 narrow words", "ask_discipline:iep", ("These words are narrow. A bite or a small pocket knife is usually neither",), facts=("iep_45_weapon_definition", "iep_serious_injury")),
    Finding("27 with the plan unknown", "ask_discipline:either", ("These words are narrow",), facts=("iep_45_weapon_definition", "iep_serious_injury")),
    Finding("28 a move the family wants", "ask_bullying:either", ("moved against your wish",), ("Don't move the child who was hurt",)),
    Finding("29 money, 504", "ask_cost:504", ("Federal guidance: cost alone is no reason",), ("no lawful reason",)),
    Finding("29 money, services", "ask_services", ("cost alone is no reason",), ("no lawful reason",)),
    *(
        Finding(f"29 money in plain words, {plan}", f"ask_cost:{plan}", ("money alone is no reason to say no",), ("may not say no just because of money", "does not let it leave"))
        for plan in ("504", "either")
    ),
    Finding("31 with ADHD", "conditions.yml", ("a stimulant or other controlled medicine a condition",), ("make ADHD medicine",)),
    Finding("30 under six months", "ask_condition_qualifies", ("even for under six months", "How bad counts as well as how long"), ("for a longer time",)),
    Finding("30 in eligibility", "ask_eligibility:504", ("even for under six months",), ("for a long time",)),
    Finding("30 its fact", "fact:s504_temporary_impairment", (r"28 CFR 35\.108\(d\)\(1\)\(ix\)", "less than six months"), ("for an extended time",)),
    *(
        Finding(f"32 the gap, {where}", where, ("state may not require a gap", "never (at it )?alone"), ("may not require a big gap",))
        for where in ("ask_eligibility:iep", "ask_good_grades:iep", "conditions.yml")
    ),
    Finding("33 emails in the file", "ask_records", ("emails about your child in the file", "public records law"), (r"emails about your child\.",), ("law_emails_as_records",)),
    Finding("34 count the minutes", "ask_not_followed:iep", ("Count the minutes:.* promised, given, missed",), facts=("iep_minor_slip_rule", "practice_comp_count")),
    Finding("35 a tax dependent", "ask_after_high_school:504", ("tax dependent",)),
    Finding("35 with the plan unknown", "ask_after_high_school:either", ("tax dependent",)),
    Finding("36 the lawsuit, dated", "ask_law:504", ("Nine states attack a 2024 health department rule", r"November \d+, 2026: no ruling"), ("By mid-2026",)),
    Finding("38 child study team", "ask_sst_meeting", ("New Jersey",), ("Virginia",)),
    Finding("41 no proxied form", "contacts.yml", (r"https://ocrcas\.ed\.gov/",), ("php-proxy", "spectrumunlocked")),
    Finding("41 its fact", "fact:s504_ocr_how", (r"source https://ocrcas\.ed\.gov/",)),
    Finding("44 another way to take part, team", "ask_team:iep", ("has to let you take part another way, such as by phone",), ("Ask for phone or video",)),
    Finding("44 in asking for a meeting", "ask_request_meeting:iep", ("has to let you take part another way",), ("if both agree",)),
    Finding("45 disagree with the study", "ask_behavior_plan:iep", ("Disagree with it\\? Ask for an independent one",), facts=("iep_fba_iee",)),
    Finding("notes: due within 10 school days of the decision", "fact:s504_term_manifestation", ("within 10 school days of the decision",)),
    Finding("notes: stay put in discipline", "fact:iep_stay_put", (r"300\.533",)),
    Finding("notes: an area left out", "fact:iep_iee_after_school_eval", ("left an area out",)),
    Finding("notes: amending in Texas and Wisconsin", "fact:iep_amend_without_meeting", ("Texas and Wisconsin",)),
    Finding("notes: the newer letter", "fact:iep_move_highly_mobile", ("Policy Support 22-02",)),
    Finding("notes: predetermined placement", "ask_placement:iep", ("Decided before the meeting",), facts=("iep_predetermination_what",)),
    Finding("docs/run/privacy.md", "../docs/run/privacy.md", ("through Slack", "mail server", "Nothing goes to a school"), ("no third party",)),
)  # fmt: skip


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key != "words":  # the pattern by which a variant is known
                yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)


def words_of(where: str) -> str:
    """Return what a place says, in one line."""
    name, _, place = where.partition(":")
    if name == "fact":
        fact = library().facts[place]
        row = next(row for row in read(fact.path).data if row["id"] == place)
        return f"{fact.text} {fact.cite} {fact.caveat} source {row.get('source', '')}"
    if name.endswith(".md"):
        return " ".join((CONTENT / name).read_text(encoding="utf-8").split())
    if name.endswith(".yml"):
        return " ".join(" ".join(strings(read(CONTENT / "en" / name).data)).split())
    data = read(topic_file(name)).data
    kind, _, part = place.partition(".")
    said = data[kind][part]["texts"] if part else data["texts"][place] if place else {**data, "facts": {}}
    return " ".join(" ".join(strings(said)).split())


def listed(topic: str) -> set[str]:
    data = read(topic_file(topic)).data
    every = [data["facts"], *(part["facts"] for _, part in side_texts(data))]
    return {fact for ids in every for row in ids.values() for fact in row}


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.name)
def test_it_stays_mended(finding: Finding) -> None:
    said = words_of(finding.where)
    assert [wanted for wanted in finding.has if not re.search(wanted, said, re.IGNORECASE)] == []
    assert [wrong for wrong in finding.lacks if re.search(wrong, said, re.IGNORECASE)] == []
    assert set(finding.facts) <= listed(finding.where.partition(":")[0]) if finding.facts else True


def test_every_state_but_a_few_names_a_parent_center_and_a_clock() -> None:  # 18, 39, 40
    packs = library().packs.values()
    assert [pack.state for pack in packs if "parent_center" not in pack.facts] == [
        "Puerto Rico",
        "West Virginia",
        "Wyoming",
    ]
    assert [pack.state for pack in packs if "evaluation_clock" not in pack.facts] == ["Kansas", "Puerto Rico"]
    assert sum("request_response" in pack.facts for pack in packs) >= 20
    assert not any(
        re.search("disagree|check Policy|sources", fact.says)
        for pack in packs
        for fact in pack.facts.values()
        if fact.field == "evaluation_clock"
    )


def test_no_fact_and_no_contact_points_at_a_copy() -> None:  # 41
    links = [
        row.get("source", "")
        for path in (*sorted((CONTENT / "facts").glob("*.yml")), CONTENT / "en" / "contacts.yml")
        for row in (read(path).data if isinstance(read(path).data, list) else ())
        if row.get("confidence") != "low" and row.get("official") != "false"
    ]
    copies = (
        "github.com",
        "php-proxy",
        "scribd",
        "docest",
        "studylib",
        "blogspot",
        "self-law",
        "lawstack",
        "lexbuild",
    )
    assert [link for link in links if any(copy in link for copy in copies)] == []


def test_guidance_leads_to_the_document_and_an_archived_copy() -> None:  # 42
    rows = [row for row in read(CONTENT / "official_pages.yml").data if row.get("archive")]
    assert len(rows) >= 20
    for cite in ("OCR FAQ (Protecting Students with Disabilities), Q34", "OSEP Memo 11-07 (Jan. 21, 2011)"):
        source = library().facts.source(cite)
        assert source is not None and source.url in {row["url"] for row in rows}


def test_the_widget_claims_no_check_by_a_person() -> None:
    assert "checked" not in (TOP / "widget" / "strings.json").read_text(encoding="utf-8").lower()
