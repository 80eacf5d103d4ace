"""Checks content/: `python -m assistant.knowledge.check [2027-01-31]`. Part of `make check`.

Each finding is one line with file, line and remedy. The day, today unless given, decides which reviews are due.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from assistant import clock
from assistant.knowledge.checks import (
    after_state,
    backing,
    call_length,
    dates,
    laws,
    letters,
    links,
    markup,
    official,
    openings,
    packs,
    passages,
    plans,
    points,
    reach,
    reading,
    references,
    schema,
    scripts,
    topics,
    unfinished,
    unread,
    wording,
)
from assistant.knowledge.letters import letter_files
from assistant.knowledge.library import Library, library
from assistant.knowledge.organisation import own_words
from assistant.knowledge.packs import STATES
from assistant.knowledge.phrases import PHRASES, TALK
from assistant.knowledge.points import name_of, point_files
from assistant.knowledge.source import ANSWERS, CONTENT, ContentError, read, topic_file

DATA = CONTENT.parent / "data"


def findings(today: date) -> Iterator[object]:
    """Yield all that is wrong with content/; a broken file hides the rest, because nothing can be read without it."""
    skeletons = list(unfinished.find(ANSWERS))
    yield from skeletons
    try:
        known = library()
    except ContentError as error:
        if not skeletons:
            yield from list(schema.find(ANSWERS)) or [error]
        return
    yield from _in_words(known)
    yield from _in_topics(known, today)
    yield from _in_points(known, today)
    yield from _in_letters(known, today)
    yield from _in_danger(known, today)
    yield from _in_states(known, today)


def _in_words(known: Library) -> Iterator[object]:
    """Yield what is wrong with a sentence, wherever it stands."""
    facts, said = known.facts, passages.everything()
    yield from reading.find(said)
    yield from plans.find_without_simple(said)
    yield from wording.find(said, known.glossary, facts)
    yield from laws.find(said, facts)
    yield from markup.find(said)
    yield from openings.find(said)
    yield from links.find(said, links.official_hosts())
    yield from links.find_in_pages()
    yield from backing.find(said, facts)
    yield from official.find(official.fact_files(), official.documents())
    yield from backing.find_terms(read(CONTENT / "en" / "glossary.yml"), facts)
    yield from scripts.find(read(CONTENT / "en" / "contacts.yml"))
    for name in ("comparison.yml", "feelings.yml", "crisis.yml"):
        yield from backing.find_unknown(read(CONTENT / "en" / name), facts)
    yield from call_length.find(
        [*sorted(PHRASES.glob("*.yml")), CONTENT / "en" / "contacts.yml", CONTENT.parent / "domain.yml"],
        own_words()["minutes"],
    )


def _in_topics(known: Library, today: date) -> Iterator[object]:
    for intent in known.answers:
        answer = read(topic_file(intent))
        yield from references.find(answer, known.answers, known.contacts)
        yield from dates.find(answer, today)
        yield from dates.find_moving(answer, known.facts)
        yield from plans.find(answer)
        yield from topics.find(answer)
    yield from references.find_in_topics(read(PHRASES / f"{TALK}.yml"), known.answers)
    yield from reach.find(known.answers)
    yield from unread.find()


def _in_points(known: Library, today: date) -> Iterator[object]:
    files = {name_of(path): path for path in point_files()}
    for path in files.values():
        point = read(path)
        yield from points.find(point, known.points, known.contacts, known.facts, today)
        yield from after_state.find(point)
    yield from points.find_unreached(known.points, reach.count_all(DATA), files, reach.places(DATA))
    yield from letters.find_unknown(known.points, files, known.letters)
    yield from packs.find_unknown(known.points, files, known.packs.values())


def _in_letters(known: Library, today: date) -> Iterator[object]:
    yield from letters.find_unreached(known.letters, reach.count_all(DATA), DATA / "nlu" / "write_letter.yml")
    for path in letter_files():
        yield from letters.find(
            read(path), known.letter_parts, known.facts, known.contacts, list(known.packs.values()), today
        )


def _in_danger(known: Library, today: date) -> Iterator[object]:
    crisis = read(CONTENT / "en" / "crisis.yml")
    yield from dates.find(crisis, today)
    yield from references.find_after_danger(crisis, {*known.answers, *known.points})


def _in_states(known: Library, today: date) -> Iterator[object]:
    files = [read(path) for path in sorted(STATES.glob("*.yml"))]
    for file in files:
        yield from packs.find(file, today)
    yield from packs.find_unsaid(known.points, known.letters.values(), files)
    yield from packs.find_all(known.packs, STATES)


def main() -> None:
    """Print what is wrong, each with file, line and remedy; exit 1 if anything is."""
    today = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else clock.now().date()
    try:
        found = list(dict.fromkeys(map(str, findings(today))))
    except ContentError as error:  # a file of data/, or the domain, is no YAML
        found = [str(error)]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
