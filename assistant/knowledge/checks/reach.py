"""Whether a parent can get to each answer: intent, rule and wordings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import CONTENT, ContentFile, read, topic_file

FEWEST_WORDINGS = 40
"""Below that, training does not tell a question from its neighbours."""
WITHOUT_ANSWER = frozenset({"ask_repeat"})
"""Questions about the talk itself."""


def find(intents: Collection[str], top: Path = CONTENT.parent) -> Iterator[Finding]:
    """Yield answers that nobody reaches, and questions without an answer. `top` holds domain.yml and data/."""
    domain, rules = read(top / "domain.yml"), read(top / "data" / "rules.yml")
    known, ruled = _in_domain(domain), _in_rules(rules)
    wordings = count_wordings(top / "data")
    for intent in sorted(intents):
        path = topic_file(intent, top / "content" / "en" / "answers")
        remedy = f"Run `make question id={intent}`, or retire the answer: docs/write/retire-an-answer.md."
        if intent not in known:
            yield Finding(path, 1, f"nobody can reach it: domain.yml lists no intent {intent}. {remedy}")
        if intent not in ruled:
            yield Finding(path, 1, f"nobody can reach it: no rule of data/rules.yml names {intent}. {remedy}")
        if wordings.get(intent, 0) < FEWEST_WORDINGS:
            yield Finding(
                path,
                1,
                f"data/nlu/{intent}.yml has {wordings.get(intent, 0)} wordings of it, too few to be understood. "
                f"Write at least {FEWEST_WORDINGS}: docs/write/teach-a-wording.md.",
            )
    yield from _unknown(top / "data", known)
    for intent, line in known.items():
        if intent.startswith("ask_") and intent not in intents and intent not in WITHOUT_ANSWER:
            yield Finding(
                domain.path,
                line,
                f"content/en/answers has no {intent}/topic.yml: run `make question id={intent}` or take the intent out.",
            )


def _unknown(data: Path, known: Collection[str]) -> Iterator[Finding]:
    """Yield each intent of the wordings that the domain does not list: they would be learnt as a stranger's."""
    for path in nlu_files(data):
        file = read(path)
        for number, block in enumerate(blocks(file)):
            intent = str(block.get("intent") or "")
            if intent and intent.partition("/")[0] not in known:
                yield Finding(
                    path,
                    file.line("nlu", number, "intent"),
                    f"domain.yml lists no intent {intent.partition('/')[0]}, so these wordings would be a stranger's. Mend the name, or list it.",
                )


def _in_domain(domain: ContentFile) -> dict[str, int]:
    """Return the line of each intent."""
    found: dict[str, int] = {}
    for number, row in enumerate(domain.data["intents"]):
        name = next(iter(row)) if isinstance(row, dict) else row
        found[name] = domain.line("intents", number)
    return found


def _in_rules(rules: ContentFile) -> set[str]:
    steps = [step for rule in rules.data["rules"] for step in rule["steps"]]
    either = [choice for step in steps for choice in step.get("or", ())]
    return {step["intent"] for step in [*steps, *either] if "intent" in step}


def count_wordings(data: Path) -> dict[str, int]:
    """Return how many wordings each intent has below `data`, those of its points among them.

    Read line by line: the files are long.
    """
    counts = count_all(data)
    topics: dict[str, int] = {}
    for name, number in counts.items():
        topic = name.partition("/")[0]
        topics[topic] = topics.get(topic, 0) + number
    return topics


def count_all(data: Path) -> dict[str, int]:
    """Return how many wordings each topic and each point has below `data`, by its intent as it stands there."""
    counts: dict[str, int] = {}
    for nlu in nlu_files(data):
        intent = part = ""
        for line in nlu.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"(\w+):", line):
                intent, part = "", match[1]
            elif part == "nlu" and (match := re.match(r"\s*- intent: ([\w/]+)", line)):
                intent = match[1]
            elif intent and re.match(r"\s+- \S", line):
                counts[intent] = counts.get(intent, 0) + 1
    return counts


def places(data: Path) -> dict[str, tuple[Path, int]]:
    """Return file and line where each topic and each point first has wordings, by its intent as it stands there."""
    found: dict[str, tuple[Path, int]] = {}
    for nlu in nlu_files(data):
        for number, line in enumerate(nlu.read_text(encoding="utf-8").splitlines(), 1):
            if match := re.match(r"\s*- intent: ([\w/]+)", line):
                found.setdefault(match[1], (nlu, number))
    return found


def nlu_files(data: Path) -> list[Path]:
    """Return the files with wordings, all that Rasa trains: the talk's own in nlu.yml, one file a topic in nlu/, and whatever else has some."""
    files = [path for ending in ("yml", "yaml") for path in data.rglob(f"*.{ending}") if path.is_file()]
    files.sort(key=lambda path: (len(path.parts), path))
    return [path for path in files if re.search(r"^nlu\s*:", path.read_text(encoding="utf-8"), re.MULTILINE)]


def blocks(file: ContentFile) -> list[dict[str, Any]]:
    """Return the entries of a file's `nlu`."""
    rows = file.data.get("nlu") if isinstance(file.data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
