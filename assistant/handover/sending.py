"""Reads `send how long may it take` and `send ask_timeline tx iep`: what is answered to the parent, and for which plan and state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.knowledge.library import Library
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply

PLANS = ("504", "iep")


class NotKnown(ValueError):
    """A topic, state or plan that there is not; the text is the word."""


@dataclass(frozen=True)
class Question:
    """What to answer.

    Attributes:
        text: The question in words, or the payload of a topic or point.
        plan: "504", "iep", or nothing.
        state: The state's name, or nothing.
    """

    text: str
    plan: str = ""
    state: str = ""

    @property
    def about(self) -> str:
        """The payload that tells plan and state beforehand; nothing where neither is known."""
        named = {"plan": self.plan, "state": self.state}
        told = {kind: value for kind, value in named.items() if value}
        return f"/inform{json.dumps(told)}" if told else ""


def read_question(said: str, plan: str, state: str, library: Library) -> Question:
    """Return what an advocate wants sent; plan and state are the parent's where the line names none.

    A question in words is left as it is: the assistant understands it as a parent's. Only behind a topic's or point's
    own name are the words read here, and each of them has to be a state or a plan.

    Raises:
        NotKnown: The line begins like a name, but one of its words is none.
    """
    first, *rest = said.split()
    name = first.removeprefix("/")
    if name in library.points:
        topic, _, point = name.partition("/")
        text = f"/{topic}{json.dumps({'point': point})}"
    elif name in library.answers:
        text = f"/{name}"
    elif name.startswith("ask_"):
        raise NotKnown(first)
    else:
        return Question(said, plan if plan in PLANS else "", state)
    named = dict(_named(" ".join(rest), library))
    plan = named.get("plan", plan)
    return Question(text, plan if plan in PLANS else "", named.get("state", state))


def _named(words: str, library: Library) -> Iterable[tuple[str, str]]:
    """Yield plan and state of what stands behind a topic's name: "tx iep", "New York 504"."""
    states = {pack.state.casefold(): pack.state for pack in library.packs.values()}
    states |= {pack.abbreviation.casefold(): pack.state for pack in library.packs.values()}
    left = words.casefold().replace(",", " ").split()
    while left:
        for length in range(min(3, len(left)), 0, -1):
            word = " ".join(left[:length])
            if word in PLANS or word in states:
                yield ("plan", word) if word in PLANS else ("state", states[word])
                del left[:length]
                break
        else:
            raise NotKnown(left[0])


PARTS = ("heading", "body", "write_to", "script", "more", "more_title", "card", "answer", "sources")
"""What of an answer the parent sees as they would without an advocate; buttons and questions of the assistant's are left out."""


def sent(reply: Reply) -> dict[str, Any]:
    """Return an answer as it is kept for the parent: without what the assistant would ask next, for it is silent."""
    text, whole = reply.text, reply.to_json()
    for asked in (reply.ask, PHRASES.which_plan_and_state, PHRASES.which_plan, PHRASES.offer_call):
        text = text.replace(asked, "") if asked else text
    said = {"text": text.strip()} | {part: whole[part] for part in PARTS if whole[part]}
    card = dict(said.get("card") or {})
    return said if not card.get("booking") else {**said, "card": None}
