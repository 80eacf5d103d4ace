"""Whether what is said after a state's own rule leaves one rule standing: a parent who reads two numbers knows neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.packs import is_of_iep
from assistant.knowledge.points import name_of
from assistant.knowledge.source import ContentFile

FEWEST_WORDS, MOST_WORDS = 10, 40
_DEPENDS = re.compile(
    r"your state(?:'s law| law)? (?:may|might|can|could|sets?|decides|depends)|\b(?:some|many|most|a few|few) states\b|states (?:often|differ)"
    r"|where (?:it|your state) sets no|state's own (?:limit|time|rule)|unless (?:your|the) state|depends on (?:your|the) state"
    r"|or your state's|your state's limit|by state law",
    re.IGNORECASE,
)
"""The state is known by now, and its rule was just said."""
_SPAN = re.compile(
    r"\b(?:\d+|one|two|three|four|five|ten|fifteen|thirty|sixty)\b[- ](?:calendar |school |business |working )?(?:day|week|month|year)s?\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"federal|state complaint|civil rights|\b504\b|\bcourt", re.IGNORECASE)
"""A number of days beside the state's own has to say whose it is."""
_SENTENCES = re.compile(r"(?<=[.!?;])[\"”]?\s+")


def find(file: ContentFile) -> Iterator[Finding]:
    """Yield words that contradict a state's rule, and plans whose words would do so because they have none for after it."""
    data = file.data
    after: Mapping[str, str] = data.get("after_state", {})
    if after and not data.get("states"):
        yield _finding(file, "no state's rule is said here: name its field in `states`.", "after_state")
    for plan, text in after.items():
        if plan not in data["says"]:
            yield _finding(
                file, "`says` has no words for this plan; neither needs this.", "after_state", plan
            )
        for problem in _problems(text):
            yield _finding(file, problem, "after_state", plan)
    if after and (found := _DEPENDS.search(data.get("urgent", ""))):
        yield _finding(
            file, f"{found[0]!r}: it stands below the state's rule as well. Leave it out.", "urgent"
        )
    for plan, text in data["says"].items():
        if plan not in after and _rule_is_said(data, plan) and (found := _DEPENDS.search(text)):
            yield _finding(
                file,
                f"{found[0]!r} contradicts the state's rule that is said before it. Write `after_state` for {plan}.",
                "says",
                plan,
            )


def _problems(text: str) -> Iterator[str]:
    words = len(text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield f"{words} words, {FEWEST_WORDS} to {MOST_WORDS}."
    if found := _DEPENDS.search(text):
        yield f"{found[0]!r}: the state's rule was just said. Say what to do with it."
    for sentence in _SENTENCES.split(text):
        if (span := _SPAN.search(sentence)) and not _WHOSE.search(sentence):
            yield f"{span[0]!r} may contradict the state's number. Leave it out, or name whose it is (federal, state complaint)."


def _rule_is_said(data: Mapping[str, Any], plan: str) -> bool:
    """Whether a state's rule can come before the words for `plan`: a rule of special education never does for a 504 plan."""
    return any(plan != "504" or not is_of_iep(field) for field in data.get("states", ()))


def _finding(file: ContentFile, problem: str, *where: str) -> Finding:
    return Finding(file.path, file.line(*where), f"{name_of(file.path)}, {'.'.join(where)}: {problem}")
