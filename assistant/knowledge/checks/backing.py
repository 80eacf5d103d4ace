"""Whether every text rests on facts, and the facts on something that a parent can open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import ContentFile

OWN = "Own statement"
"""The cite of what the assistant says about itself: nobody else could vouch for it."""
OWN_OFFER = frozenset({"seed_free_call", "practice_advocate_free_call"})
"""The free call: content/consultation.yml holds its terms."""


def find(passages: Iterable[Passage], facts: Facts) -> Iterator[Finding]:
    """Yield texts whose facts give no citation with a page."""
    for passage in passages:
        if passage.kind != "short":
            continue
        cites = [facts[fact].cite for fact in passage.facts if fact in facts]
        own = OWN_OFFER.intersection(passage.facts)
        if not own and not any(cite == OWN or facts.source(cite) for cite in cites):
            yield passage.finding(
                "none of its facts has a citation that leads to an official page. List one that does."
            )


def find_unknown(file: ContentFile, facts: Facts) -> Iterator[Finding]:
    """Yield ids below any `facts:` of a file that content/facts lacks, and parts of it without any."""
    found = False
    for place, data in _lists_of_facts((), file.data):
        found = True
        for number, fact in enumerate(data):
            if fact not in facts:
                yield Finding(
                    file.path,
                    file.line(*place, number),
                    f"content/facts has no {fact}. Correct the id or add the fact.",
                )
    if not found:
        yield Finding(file.path, 1, "no `facts:` back what it says. List their ids.")


def _lists_of_facts(
    place: tuple[str | int, ...], data: object
) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "facts" and isinstance(value, list):
                yield (*place, key), value
            else:
                yield from _lists_of_facts((*place, key), value)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _lists_of_facts((*place, number), value)


def find_terms(glossary: ContentFile, facts: Facts) -> Iterator[Finding]:
    """Yield terms whose cite leads nowhere; a word of everyday school use has none."""
    for number, row in enumerate(glossary.data):
        if row.get("cite") and facts.source(row["cite"]) is None:
            yield Finding(
                glossary.path,
                glossary.line(number, "cite"),
                f"{row['term']}: the cite {row['cite']!r} leads to no page. Correct it, add a row to "
                "content/official_pages.yml, or leave the cite out.",
            )
