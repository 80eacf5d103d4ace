"""What an advocate reads first of a talk: plan, state, what was asked and answered, and the parent's last words, masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from assistant.booking.person.contact import read_contact
from assistant.booking.zones import zone_words
from assistant.knowledge.library import library
from assistant.privacy.mask import masked
from assistant.talk.phrases import PHRASES

WORDS_OF_PARENT = 4
LONGEST_WORDS = 500
GIVEN = frozenset("letter name address email code".split())
"""What is asked for when a parent's line is left out: it belongs to a letter, or tells who they are. A question in its place is lost with it."""

SAY = PHRASES.handover
Said = Mapping[str, Any]
"""One line of a talk as its transcript keeps it, in the public form with `from`."""


def summary(transcript: Sequence[Said], page: str = "", zone: str = "") -> Iterator[str]:
    """Yield the lines that an advocate reads first; the parent's own words are masked.

    Args:
        transcript: What was said so far, in the public form.
        page: The website that the parent writes on.
        zone: IANA name of their time zone.
    """
    if page:
        where = ", ".join([page, *([zone_words(ZoneInfo(zone))] if zone else [])])
        yield SAY["summary_where"].format(where=where)
    answers = [body["answer"] for body in transcript if body.get("answer")]
    if plans := plans_of(transcript):
        yield SAY["summary_plan"].format(plan=PHRASES.plan_names[plans[-1]])
    if state := state_of(transcript):
        yield SAY["summary_state"].format(state=state)
    titles = [title for answer in answers if (title := _title(answer))]
    if titles:
        yield SAY["summary_asked"].format(titles=" · ".join(dict.fromkeys(titles)))
    lost = sum(body.get("outcome") in ("clarify", "out_of_scope") for body in transcript)
    if lost:
        yield SAY["summary_lost"].format(count=lost)
    typed = list(_typed(transcript))
    names = list(_names(typed))
    said = [text for text, asked in typed if asked not in GIVEN]
    if said:
        yield SAY["summary_said"]
    for text in said[-WORDS_OF_PARENT:]:
        yield f"- {masked(text, names)[:LONGEST_WORDS]}"


def plans_of(transcript: Sequence[Said]) -> list[str]:
    """Return the plans that answers were about, the last one last."""
    answers = [body["answer"] for body in transcript if body.get("answer")]
    return [answer["plan"] for answer in answers if answer.get("plan") in PHRASES.plan_names]


def state_of(transcript: Sequence[Said]) -> str:
    """Return the state whose rule was said last, or nothing."""
    answers = [body["answer"] for body in transcript if body.get("answer")]
    return next((answer["state"] for answer in reversed(answers) if answer.get("state")), "")


def _title(answer: Mapping[str, Any]) -> str:
    """Return the question that an answer took up: the point's, else its topic's."""
    known = library()
    if point := known.points.get(str(answer.get("point"))):
        return point.asks
    topic = known.answers.get(answer["intent"])
    return topic.title if topic and answer["intent"] != "ask_human" else ""


def _typed(transcript: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """Yield what the parent typed, each with what was asked for since their line before."""
    asked = ""
    for body in transcript:
        if body["from"] != "parent":
            asked = body.get("expects") or asked
            continue
        if not body.get("chosen"):
            yield body["text"], asked
        asked = ""


def _names(typed: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the names that were given where one was asked for; the parent may say them again in a line that is told."""
    for text, asked in typed:
        if asked == "name" and (name := read_contact(text).contact.name):
            yield name
