"""The assistant's small words, read from content/en/phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge.phrases import PHRASES as FOLDER
from assistant.knowledge.phrases import TALK, read_phrases
from assistant.knowledge.source import ContentError, short_path


@dataclass(frozen=True)
class Phrases:
    """Sentences around the answers; what a lawyer might correct stands in content/en/answers instead."""

    which_plan: str
    offer_call: str
    not_sure: str
    whether: str
    not_ours: str
    half_ours: Mapping[str, str]
    person_offered: list[str]
    once_more: str
    in_general: str
    told_again: str
    which_point: str
    which_of_two: str
    more_of_both: str
    which_state: str
    which_plan_and_state: str
    state_rule: str
    state_rule_iep: str
    state_medium: str
    helper_medium: str
    state_unknown: str
    rule_iep: str
    helpers_checked: str
    helpers_list: str
    state_iep_only: str
    write_to: str
    script_lead: str
    more_steps: str
    overdue: str
    holds_too: Mapping[str, str]
    all_told: str
    not_said_now: str
    noted: str
    noted_plan: Mapping[str, str]
    noted_condition: str
    noted_state: str
    plan_not_sure: str
    writer: Mapping[str, str]
    call_declined: str
    not_asked_again: str
    not_what_asked: str
    no_call_either: str
    all_right: str
    go_on: str
    stopped: str
    started_over: str
    not_helpful: str
    plan_names: Mapping[str, str]
    corrected: Mapping[str, str]
    topics_by_plan: Mapping[str, tuple[str, ...]]
    deleting: Mapping[str, str]
    hello: str
    hello_still: str
    booking: Mapping[str, str]
    buttons: Mapping[str, str]
    letter: Mapping[str, str]
    days: Mapping[str, str]
    call_pages: Mapping[str, str]
    errors: Mapping[str, str]
    page: Mapping[str, str]
    slack: Mapping[str, str]
    handover: Mapping[str, str]
    unanswered: Mapping[str, str]


def load_phrases() -> Phrases:
    """Read the phrases.

    Raises:
        ContentError: One is missing, or its fields are not those of its text.
    """
    found = read_phrases()
    wanted = set(Phrases.__dataclass_fields__)
    if missing := wanted - set(found):
        where = short_path(FOLDER / f"{TALK}.yml")
        raise ContentError(f"{where}:1: the phrases lack {', '.join(sorted(missing))}. Write them.")
    data = {name: found[name] for name in wanted}
    data["topics_by_plan"] = {plan: tuple(topics) for plan, topics in data["topics_by_plan"].items()}
    return Phrases(**data)


PHRASES = load_phrases()
