"""A state's own rule is said first and alone: no answer mixes two states, and each number of a state is its pack's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import Library, library
from assistant.knowledge.packs import OF_IEP, STATES, source_of, sure
from assistant.knowledge.source import read
from assistant.talk.answering import compose_point
from assistant.talk.by_state import MOST_WORDS
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.understanding import Question

TODAY = date(2026, 11, 29)
FLOOR = 45
"""Words that a long sentence of a state, who helps and what is urgent may take beyond the limit."""
MOST_WORDS_ON_AVERAGE = 70
SHARE_WITHIN = 0.88
"""Share of a state's answers, heading and all, within the limit; the others have a long rule or what is urgent."""
BY_STATE = [point for point in library().points.values() if point.by_state and point.status == "live"]
PLANS = (None, "504", "iep")


def composed(point: str, state: str | None, plan: str | None, known: Library) -> Reply:
    question = Question(point.partition("/")[0], plan, state=state, point=point, share=1.0)
    return compose_point(known, question, TODAY, with_steps=state is not None)


def answers(state: str, known: Library) -> Iterator[tuple[str, str | None, Reply]]:
    for point in BY_STATE:
        for plan in PLANS:
            yield point.name, plan, composed(point.name, state, plan, known)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("state", sorted(library().packs))
def test_no_answer_mixes_two_states(state: str) -> None:
    known = library()
    own = " ".join(fact.says for fact in known.packs[state].facts.values())
    theirs = {
        fact.says
        for pack in known.packs.values()
        if pack.state != state
        for fact in pack.facts.values()
        if fact.says not in own and len(fact.says.split()) > 6
    }
    others = re.compile(rf"\b(?:{'|'.join(name for name in known.packs if name not in state)})\b")
    for name, plan, reply in answers(state, known):
        assert not [says for says in theirs if says in reply.body], (name, plan)
        named = [said for said in re.split(r"(?<=[.!?])\s", reply.text) if others.search(said)]
        assert all(state in said for said in named), (name, plan, named)


@pytest.mark.parametrize("state", sorted(library().packs))
def test_each_number_said_is_the_packs_or_the_points(state: str) -> None:
    known = library()
    raw = (STATES / f"{known.packs[state].abbreviation}.yml").read_text(encoding="utf-8")
    for name, plan, reply in answers(state, known):
        point = known.points[name]
        federal = " ".join((composed(name, None, plan, known).body, *point.after_state.values(), "504"))
        assert numbers(reply.body) - numbers(federal) <= numbers(raw), (name, plan)


def test_the_words_after_a_states_rule_bring_no_number_of_their_own() -> None:
    for point in BY_STATE:
        said = " ".join((*point.says.values(), point.urgent))
        for plan, text in point.after_state.items():
            assert numbers(text) <= {*numbers(said), "504"}, (point.name, plan)


@pytest.mark.parametrize("state", sorted(library().packs))
def test_the_answer_stays_short_and_names_the_state(state: str) -> None:
    known = library()
    for name, plan, reply in answers(state, known):
        federal = len(composed(name, None, plan, known).body.split())
        assert len(reply.body.split()) <= max(MOST_WORDS, federal) + FLOOR, (name, plan)
        assert state in reply.body or not known.points[name].states, (name, plan)


def test_a_parent_reads_few_words_and_the_states_name_once() -> None:
    """The words beside the state's name in a helper's own name ("Disability Rights Texas") are not counted."""
    known = library()
    shown = []
    for state, pack in known.packs.items():
        for name, plan, reply in answers(state, known):
            own = pack.first(known.points[name].states, plan)
            if own is None or own.helper:
                continue
            body = reply.body
            for helper in pack.all(
                known.points[name].helps, plan
            ):  # names and addresses are looked up, not read
                body = body.replace(helper.says, "")
            shown.append(len(f"{reply.heading} {body}".split()))
            said = reply.body.partition("\n\n")[0].replace(own.says, "")
            assert said.count(state) + (state in own.says) == 1, (name, state, plan)
            assert "your state may" not in said.lower(), (name, state, plan)
    assert sum(shown) / len(shown) <= MOST_WORDS_ON_AVERAGE
    assert sum(words <= MOST_WORDS for words in shown) / len(shown) >= SHARE_WITHIN


@pytest.mark.parametrize("state", sorted(library().packs))
def test_without_a_fact_comes_the_federal_rule_with_its_caveat(state: str) -> None:
    known = library()
    bare = replace(known, packs={**known.packs, state: replace(known.packs[state], facts={})})
    for name, plan, reply in answers(state, bare):
        federal = composed(name, None, plan, known)
        first = re.split(r"(?<=[.!?])\s", federal.body, maxsplit=1)[0]
        assert reply.body.startswith(first), (name, plan)
        assert not known.points[name].states or PHRASES.state_unknown.format(state=state) in reply.body
        assert reply.answer and reply.answer.state is None


def test_a_504_plan_gets_no_rule_of_special_education() -> None:
    known = library()
    for state in known.packs:
        for point in BY_STATE:
            own = known.packs[state].first(point.states, "504")
            assert own is None or own.field.partition(".")[0] not in OF_IEP


def test_a_medium_fact_is_said_with_where_to_check_it() -> None:
    known = library()
    for state, pack in known.packs.items():
        for point in BY_STATE:
            own = pack.first(point.states)
            if own and own.confidence == "medium":
                body = composed(point.name, state, None, known).body
                assert (
                    "(Check this with your state's education office.)" in body
                    or "(Check its page first.)" in body
                )


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"official": "true"}, True),
        ({"official": "false", "number_source": "https://drme.org/news"}, True),
        ({"official": "false", "url": "https://www.pave.org", "source": "https://pave.org/contact"}, True),
        ({"official": "false", "url": "https://www.pave.org", "source": "an unofficial list"}, False),
        ({"official": "false", "source": "https://github.com/somebody/list"}, False),
    ],
)
def test_a_number_counts_only_from_the_state_or_the_organization_itself(
    row: dict[str, str], shown: bool
) -> None:
    assert sure({"confidence": "high", **row}) is shown


def test_a_number_that_only_an_unofficial_list_has_is_not_shown() -> None:
    for pack in library().packs.values():
        rows = read(STATES / f"{pack.abbreviation}.yml").data
        for field in ("parent_center", "protection_advocacy", "state_helpline", "early_intervention"):
            value = rows.get(field, [])
            for row in value if isinstance(value, list) else [value]:
                if not sure(row) and row.get("phone") and field in pack.facts:
                    assert row["phone"] not in pack.facts[field].says


def test_who_helps_comes_with_the_day_it_was_checked() -> None:
    known = library()
    for state, pack in known.packs.items():
        for point in BY_STATE:
            for plan in PLANS:
                shown = [fact for fact in pack.all(point.helps, plan) if fact.read]
                body = composed(point.name, state, plan, known).body
                assert not shown or "hecked " in body, (point.name, state)


def test_the_office_for_complaints_is_shown_only_where_its_address_is_sure() -> None:
    for pack in library().packs.values():
        row = read(STATES / f"{pack.abbreviation}.yml").data.get("state_complaint", {})
        office = pack.facts.get("state_complaint.office")
        assert office is None or (sure(row) and office.helper and office.of_iep)


def test_a_low_fact_is_for_nobody() -> None:
    for pack in library().packs.values():
        rows = read(STATES / f"{pack.abbreviation}.yml").data
        low = {
            field for field, row in rows.items() if isinstance(row, dict) and row.get("confidence") == "low"
        }
        assert not low & set(pack.facts)


def test_each_page_of_a_state_is_a_link() -> None:
    for pack in library().packs.values():
        for fact in pack.facts.values():
            page = source_of(fact)
            assert page is None or re.fullmatch(r"https?://[^\s,;()]+", page.url)


@pytest.mark.parametrize(
    ("point", "state", "first"),
    [
        ("ask_timeline/days_to_test", "Texas", "In Texas, for an IEP: The school has 45 school days"),
        ("ask_timeline/limit_in_my_state", "North Carolina", "In North Carolina, for an IEP: The school has 90 calendar days"),
        ("ask_timeline/days_to_answer", "Pennsylvania", "In Pennsylvania, for an IEP: After an oral or written request the school has 10 calendar days"),
        ("ask_timeline/days_to_answer", "New Jersey", "In New Jersey, for an IEP: After a written referral the child study team meets with you within 20 calendar days"),
        ("ask_timeline/weeks_of_silence", "Washington", "In Washington, for an IEP: After a written referral the district has 25 school days"),
        ("ask_consent/days_to_object", "Pennsylvania", "In Pennsylvania, for an IEP: You have 10 calendar days from getting the NOREP"),
        ("ask_due_process/who_must_prove", "New York", "In New York, for an IEP: The district has to prove"),
        ("ask_due_process/too_late", "North Carolina", "In North Carolina, for an IEP: File within ONE year"),
        ("ask_restraint/when_told", "Texas", "In Texas: The school must try to call you the same day"),
        ("ask_advocate/free_help", "New York", "INCLUDEnyc, a free parent center for New York City"),
        ("ask_timeline/summer_and_breaks", "California", "In California, for an IEP: Days between terms, and breaks of more than five school days"),
        ("ask_complaint/state_how_far_back", "Virginia", "In Virginia, for an IEP: A state complaint may be about what happened within the last year"),
        ("ask_who_to_contact/state_office", "Michigan", "State complaints about an IEP go to: Michigan Department of Education"),
        ("ask_plan_ends/just_end_it", "Pennsylvania", "In Pennsylvania, for an IEP: You have 10 calendar days from the NOREP"),
        ("ask_plan_ends/just_end_it", "California", "In California, for an IEP: The school needs your consent for each later IEP"),
        ("ask_medication/carry_it_himself", "Texas", "In Texas: A child with asthma or a severe allergy may carry"),
        ("ask_allergy/epipen_where", "New York", "In New York: Schools have to let a child carry and use an epinephrine device"),
        ("ask_diabetes/who_gives_insulin", "New York", "In New York: Only a nurse or other licensed health worker may give insulin"),
        ("ask_work_leave/state_law", "California", "In California: An employer with 25 or more workers"),
        ("ask_home_hospital/how_long_out_first", "Massachusetts", "In Massachusetts: With a doctor's order that the child must stay"),
        ("ask_home_hospital/sick_on_and_off", "Florida", "In Florida: For a chronic illness the 15 school days"),
        ("ask_early_childhood/keep_early_services", "Illinois", "In Illinois: If your child turns three between May 1 and August 31"),
        ("ask_private_school/services_plan", "New York", "In New York, for an IEP: Ask in writing by June 1"),
        ("ask_team/who_must_come", "New York", "In New York, for an IEP: You may ask for one more parent"),
        ("ask_records/service_logs", "Illinois", "In Illinois, for an IEP: The school has to keep a log"),
        ("ask_restraint/when_told", "Massachusetts", "In Massachusetts: The school must try to tell you by voice within 24 hours"),
        ("ask_attendance/absences_until_court", "California", "In California: Three full days without a valid excuse"),
        ("ask_attendance/fined_or_jailed", "Pennsylvania", "In Pennsylvania: A fine can be up to $300"),
        ("ask_attendance/fail_for_absences", "Texas", "In Texas: Credit or a final grade takes 90 percent"),
        ("ask_discipline/very_young_child", "Maryland", "In Maryland: From prekindergarten to grade 2"),
        ("ask_lawsuit/hurt_at_school", "New York", "In New York: A written notice of claim has to reach the school district within 90 days"),
        ("ask_request_evaluation/ask_in_summer", "Florida", "In Florida, for an IEP: School holidays, breaks and summer do not count"),
    ],
)  # fmt: skip
def test_the_states_own_rule_is_the_first_sentence(point: str, state: str, first: str) -> None:
    assert composed(point, state, None, library()).body.startswith(first)
