"""Begins a new topic or point: `make question id=ask_tutoring`, `make question id=ask_placement/visit_first`.

Writes one line in domain.yml and one in data/rules.yml, a file of wordings, data/nlu/ask_tutoring.yml, and an answer
file whose fields wait to be filled in. Until they are, `make check` names each line and the server does not start: a half-written answer
never reaches a parent.
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path

from assistant import clock
from assistant.knowledge.checks.unfinished import MARK
from assistant.knowledge.source import CONTENT, topic_file

REVIEW_AFTER = timedelta(days=181)

_ID = re.compile(r"ask(?:_[a-z]+)+")
_POINT_ID = re.compile(r"(ask(?:_[a-z0-9]+)+)/([a-z0-9]+(?:_[a-z0-9]+)*)")
_POINT = """\
# {mark}: read docs/write/write-a-point.md
asks: "{mark}: the question in a parent's words, at most 90 signs?"
says:
  iep: >-
    {mark}: 20 to 60 words. The first sentence answers and names its subject; the next says what to do tonight.
  "504": >-
    {mark}: how it differs under Section 504.
  either: >-
    {mark}: both in brief, for a parent whose plan is not known.
facts:
  iep: []  # {mark}: ids of content/facts/, most important first
  "504": []  # {mark}
  either: []  # {mark}
contact: {{"504": principal, iep: case_manager, none: principal}}
then: []  # {mark}: two or three points that parents ask next
status: draft
"""
_SKELETON = """\
title: "{mark}: the question in a parent's words, at most 60 characters"
texts:
  "504":
    short: >-
      {mark}: at most 45 words that alone answer the question. The first sentence is something to do tonight.
    more: |
      - **{mark}:** steps or a list, at most 150 words.
    simple: >-
      {mark}: the same for a ten-year-old.
  iep:
    short: >-
      {mark}: how it differs for an IEP, in law or in practice.
    more: |
      - **{mark}:** steps or a list.
    simple: >-
      {mark}: the same for a ten-year-old.
  either:
    short: >-
      {mark}: both in brief, for a parent whose plan is not known.
    more: |
      - **{mark}:** steps or a list.
    simple: >-
      {mark}: the same for a ten-year-old.
facts:
  "504": []  # {mark}: ids of content/facts/ that back the text, most important first
  iep: []  # {mark}
  either: []  # {mark}
contact: {{"504": principal, iep: case_manager, either: principal}}
next: [ask_get_started]
offer_call: "false"
reviewed: "{reviewed}"
review_by: "{review_by}"
"""


class QuestionError(ValueError):
    """The question can't be begun; the text says why and what to do."""


def begin(intent: str, today: date, top: Path = CONTENT.parent) -> list[Path]:
    """Write what a new question needs below `top`, all or nothing; return the files written.

    Raises:
        QuestionError: The id is malformed or taken, or a file lacks the place where the line belongs.
    """
    if not _ID.fullmatch(intent):
        raise QuestionError(
            f"{intent or 'The id'} does not name a question. Write small letters after ask_: "
            "make question id=ask_tutoring"
        )
    answer = topic_file(intent, top / "content" / "en" / "answers")
    if answer.exists():
        raise QuestionError(f"{intent} is there already. Edit it: docs/write/correct-an-answer.md.")
    domain, rules = top / "domain.yml", top / "data" / "rules.yml"
    nlu = top / "data" / "nlu" / f"{intent}.yml"
    written = {
        domain: _added(
            domain, f"  - {intent}: {{use_entities: []}}", before="  - book_consultation:", intent=intent
        ),
        rules: _added(
            rules, f"          - intent: {intent}", before="      - action: action_answer", intent=intent
        ),
        nlu: _wordings(nlu, intent),
        answer: _SKELETON.format(mark=MARK, reviewed=today, review_by=today + REVIEW_AFTER),
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(written)


def begin_point(name: str, top: Path = CONTENT.parent) -> list[Path]:
    """Write the file of a new point and its block of wordings below `top`; return the files written.

    Raises:
        QuestionError: The name is malformed or taken, or its topic is not there.
    """
    match = _POINT_ID.fullmatch(name)
    if match is None:
        raise QuestionError(
            f"{name} does not name a point. Write topic and point: make question id=ask_placement/visit_first"
        )
    topic, point = match.groups()
    answers = top / "content" / "en" / "answers"
    path, nlu = answers / topic / f"{point}.yml", top / "data" / "nlu" / f"{topic}.yml"
    if not topic_file(topic, answers).exists() or not nlu.exists():
        raise QuestionError(f"there is no topic {topic}. Begin it first: make question id={topic}")
    if path.exists():
        raise QuestionError(f"{name} is there already. Edit it: docs/write/write-a-point.md.")
    path.write_text(_POINT.format(mark=MARK), encoding="utf-8")
    words = point.replace("_", " ")
    block = f"\n  - intent: {name}\n    examples: |\n      - {words}\n"
    nlu.write_text(nlu.read_text(encoding="utf-8").rstrip("\n") + "\n" + block, encoding="utf-8")
    return [path, nlu]


def _added(path: Path, line: str, before: str, intent: str) -> str:
    """Return the file's text with `line` put in front of the first line that starts with `before`."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if any(re.search(rf"\b{intent}\b", other) for other in lines):
        raise QuestionError(f"{path.name} names {intent} already. Take it out there, or choose another id.")
    place = next((number for number, other in enumerate(lines) if other.startswith(before)), None)
    if place is None:
        raise QuestionError(
            f"{path.name} has no line {before.strip()!r} any more. Add {line.strip()!r} by hand."
        )
    lines.insert(place, f"{line}\n")
    return "".join(lines)


def _wordings(path: Path, intent: str) -> str:
    if path.exists():
        raise QuestionError(
            f"{path.name} has wordings of {intent} already. Take them out, or choose another id."
        )
    topic = intent.removeprefix("ask_").replace("_", " ")
    return f'version: "3.1"\n\nnlu:\n  - intent: {intent}\n    examples: |\n      - what about {topic}\n'


def main() -> None:
    """Begin the question named on the command line and say what is left to do."""
    intent = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        written = begin_point(intent) if "/" in intent else begin(intent, clock.now().date())
    except QuestionError as error:
        sys.exit(str(error))
    names = "\n".join(f"  {path.relative_to(CONTENT.parent)}" for path in written)
    sys.stdout.write(
        f"Begun in\n{names}\nNow write the words and the wordings, then run make check. "
        f"docs/write/{'write-a-point' if '/' in intent else 'add-a-question'}.md goes through it.\n"
    )


if __name__ == "__main__":
    main()
