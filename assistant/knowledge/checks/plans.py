"""Whether each question has words of its own for each plan, and each text a simpler way to say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage
from assistant.knowledge.source import ContentFile

OWN_TEXTS = ("504", "iep", "either")

_PLAN_WORDS = re.compile(
    r"\b(?:504 plans?|504s?|section 504|ieps?|an?|the|plans?)\b|[^a-z0-9 ]", re.IGNORECASE
)


def find(answer: ContentFile) -> Iterator[Finding]:
    """Yield plans that an answer has no text for, or one that merely renames another's."""
    texts = answer.data["texts"]
    if answer.data.get("about") == "assistant":  # no plan changes it
        return
    for plan in OWN_TEXTS:
        if plan not in texts:
            yield Finding(
                answer.path, answer.line("texts"), f"there is no text for {plan}. Say what differs there."
            )
    said: dict[str, str] = {}
    for plan in ("504", "iep"):
        if plan in texts:
            bare = " ".join(_PLAN_WORDS.sub(" ", texts[plan]["short"]).lower().split())
            if bare in said:
                yield Finding(
                    answer.path,
                    answer.line("texts", plan),
                    f"the text for {plan} merely renames the one for {said[bare]}. Say how law or practice differ.",
                )
            said[bare] = plan


def find_without_simple(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield reviewed texts that have nothing to say to "say it simpler"."""
    known = list(passages)
    simple = {(p.file.path, p.place[:-1]) for p in known if p.kind == "simple"}
    for passage in known:
        if passage.kind == "short" and (passage.file.path, passage.place[:-1]) not in simple:
            yield passage.finding("there is no `simple`. Say it in one to three short sentences.")
