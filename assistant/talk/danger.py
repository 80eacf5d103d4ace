"""What danger changes in a talk: its fixed words, what a message asks beside it, the lines named where it was heard in doubt."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.nlu.crisis_guard import school_danger_in
from assistant.nlu.language import Language, language_of
from assistant.talk.answering import assembled
from assistant.talk.meant import likeliest_point
from assistant.talk.reply import Reply
from assistant.talk.spanish import danger_in_spanish
from assistant.talk.turn import Memory, Turn

Said = tuple[list[Reply], Memory]
Says = Callable[[Turn, Memory, Library, date], Said]

CRISIS = "crisis"
"""The intent of danger, and the outcome of what is said to it."""
SAID, NAMED = "said", "named"
"""What a talk was told of danger: the words that are fixed, or the lines below an answer."""
LEAST_BESIDE_DANGER = 0.3
"""From this share of what is left without danger, a message's question stands out."""
SURELY_BESIDE_DANGER = 0.5
"""From this confidence on, a message asks one of the topics whose subject is danger, though a pattern raised the alarm."""
DOUBTED_DANGER = 0.5
"""From this confidence of danger on, that is not acted on, the lines are named below the answer."""


def first_words(turn: Turn, library: Library) -> Reply:
    """Return the fixed words for danger, in Spanish too where the turn is Spanish."""
    words = danger_words("text", library)
    if language_of(turn.text) is Language.OTHER:
        return words
    return replace(words, text=f"{danger_in_spanish()}\n\n{words.text}")


def still_here(memory: Memory, library: Library) -> Said:
    """Answer what follows danger and asks nothing: 988 stays in reach. Said once, then the talk goes on as ever."""
    return [danger_words("still_here", library)], memory.with_(
        after_crisis=False, pending=None, failures=0, since_offer=0
    )


def danger_words(key: str, library: Library) -> Reply:
    """Return one of the texts of content/en/crisis.yml, as reviewed, with its sources."""
    sources = library.facts.sources(library.crisis["facts"])
    return Reply(library.crisis[key].strip(), "crisis", sources=sources)


def beside_danger(turn: Turn, library: Library) -> tuple[str, float, float]:
    """Return the topic that the turn asks if it is not about danger, its confidence, and its share of what is left then."""
    rows = [row for row in turn.ranked if row[0] != CRISIS]
    topic, sure = max(rows, key=lambda row: row[1], default=("", 0.0))
    if topic not in library.answers or library.is_about(topic, "assistant"):
        return "", 0.0, 0.0
    return topic, sure, sure / sum(confidence for _, confidence in rows)


def asked_beside_danger(turn: Turn, library: Library) -> str | None:
    """Return the topic or point that the turn asks if it is not about danger, as far as one stands out."""
    topic, _, share = beside_danger(turn, library)
    return likeliest_point(topic, turn, library) if share >= LEAST_BESIDE_DANGER else None


def after_the_lines(turn: Turn, library: Library) -> str | None:
    """Return the topic or point that says what to do about the school, where content/en/crisis.yml has one for the danger told."""
    then = library.crisis["then"]
    topic, sure, _ = beside_danger(turn, library)
    if topic in then["topics"] and sure >= SURELY_BESIDE_DANGER:
        return likeliest_point(topic, turn, library)
    kind = school_danger_in(turn.text)
    return str(then["school"][kind]) if kind else None


def with_lines_in_doubt(says: Says) -> Says:
    """Return `says` with the lines named below, once a talk, where danger was heard but not surely.

    The parent of "blood sugar 34 and he's not making sense" must not read only which questions are answered here.
    """

    @functools.wraps(says)
    def with_lines(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
        replies, after = says(turn, memory, library, today)
        heard = dict(turn.ranked).get(CRISIS, 0.0)
        if turn.chosen or memory.danger_told or heard < DOUBTED_DANGER or replies[-1].outcome == CRISIS:
            return replies, after
        return with_lines_below(replies, library), after.with_(danger_told=NAMED)

    return with_lines


def with_lines_below(replies: list[Reply], library: Library) -> list[Reply]:
    """Return the replies with the lines named below the last one's answer."""
    *firsts, last = replies
    lines = library.crisis["in_doubt"].strip()
    if last.body:
        return [*firsts, assembled(replace(last, body=f"{last.body}\n\n{lines}"))]
    return [*firsts, replace(last, text=f"{last.text}\n\n{lines}")]
