"""What no talk may do: say the same prompt twice in a row, tell an answer twice, or fail twice without offering a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.replay.seen import Seen
from assistant.talk.phrases import PHRASES

NOT_UNDERSTOOD = frozenset({"clarify", "out_of_scope"})
PROMPTS = frozenset({"asked", "booking", *NOT_UNDERSTOOD})
"""Outcomes of a reply that wants something from the parent; the same answer twice is told by `told_twice`."""
COUNTERS = frozenset(
    {
        "failures",
        "since_offer",
        "asked_step",
        "times_asked",
        "pending",
        "limits_told",
        "offered",
        "requested_slot",
    }
)
"""Slots that change by themselves: they are no change that a parent would notice."""
PERSON = ("advocate", "person", "call")


def circles(before: Seen, seen: Seen) -> list[str]:
    """Return in which way a turn goes round in a circle, given the turn before."""
    last, now = before.replies[-1] if before.replies else {}, seen.replies[-1] if seen.replies else {}
    wrong = []
    prompts = now.get("outcome") in PROMPTS and not now.get("answer")
    if prompts and now.get("text") == last.get("text") and not _changed(seen):
        wrong.append(f"the same prompt twice in a row: {now['text']}")
    if (
        now.get("outcome") in NOT_UNDERSTOOD
        and last.get("outcome") in NOT_UNDERSTOOD
        and not _person_offered(seen)
    ):
        wrong.append(f"not understood twice in a row, and no person offered: {now['text']}")
    return wrong


def told_twice(earlier: Iterable[Seen], seen: Seen) -> list[str]:
    """Return each answer of a turn whose words the talk held before, in an earlier turn or in this one.

    A parent who starts over begins another talk: what was said before is forgotten with it.
    """
    told: set[str] = set()
    for turn in earlier:
        told |= {_words(reply) for reply in turn.replies}
        if any(reply.get("text") == PHRASES.started_over for reply in turn.replies):
            told.clear()
    wrong = []
    for reply in seen.replies:
        words = _words(reply)
        if words and words in told:
            wrong.append(f"the same answer twice in a talk: {words}")
        told.add(words)
    return wrong


def _words(reply: Mapping[str, Any]) -> str:
    """Return an answer's heading and words; "" of what is no answer, and of the way to a person, said as often as it is asked for."""
    answer = reply.get("answer")
    if not answer or answer["intent"] == "ask_human":
        return ""
    letter = (reply.get("letter") or {}).get("body", "")  # a changed letter is another one
    return " ".join([*(str(reply.get(part) or "") for part in ("heading", "body")), letter]).strip()


def _changed(seen: Seen) -> bool:
    """Whether the turn changed something that the parent said or chose; over HTTP that does not show."""
    return seen.inside is None or any(name not in COUNTERS for name, _ in seen.inside.slots)


def _person_offered(seen: Seen) -> bool:
    return any(word in str(button["title"]).lower() for button in seen.buttons for word in PERSON)
