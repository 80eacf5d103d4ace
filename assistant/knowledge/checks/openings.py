"""Whether each answer says by itself what it is about: a bare "Yes." may be read under another question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage

ANSWERING = frozenset({"short", "simple", "note", "says"})
"""The kinds of text that a parent may read first, right below the question they asked."""
PARENTS_OWN = frozenset({"yes", "no", "at_it", "cancel_button", "in_general"})
"""Keys of content/en/phrases that stand on buttons: there the parent says yes or no, not the assistant;
and the heading that names its subject itself."""
BUTTONS = "buttons"
"""The file of them that holds buttons only."""

_VERDICT = (
    r"yes|yep|no|nope|nothing|none|never|not|maybe|perhaps|probably|possibly|mostly|most (?:often|of the time)|usually"
    r"|often|sometimes|seldom|rarely|generally|normally|typically|(?:almost |nearly )?always|as a rule|in (?:most cases|general)"
    r"|(?:it|that) depends|true|false|right|correct|wrong|sure|certainly|definitely|absolutely|exactly|of course"
    r"|at once|right away|without delay|up to|only"
)
_WITHOUT_SUBJECT = r"(?:it|they|he|she)(?:'\w+)?|(?:that|this|these|those)(?:'s| (?:is|are|was|can|could|may|might|will|would|do|does|has|have|depends|counts))"
_BARE = re.compile(rf"^\W*({_VERDICT}|{_WITHOUT_SUBJECT})\b", re.IGNORECASE)
_BARE_WITH_A_STOP = re.compile(rf"^\W*({_VERDICT})(?=[,.:;!?])", re.IGNORECASE)
"""Small words say "No call is booked" of something they name; a verdict that stops there names nothing."""


def _is_button(passage: Passage) -> bool:
    return passage.place[-1] in PARENTS_OWN or passage.file.path.stem == BUTTONS


def find(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield texts whose first words are a verdict or a pronoun.

    "Can they keep him from recess" and "can he stay in recess" lead to the same text: "Yes" is true below one of them
    and harmful below the other.
    """
    for passage in passages:
        if passage.kind in ANSWERING:
            match = _BARE.search(passage.text)
        elif passage.kind == "small" and not _is_button(passage):
            match = _BARE_WITH_A_STOP.search(passage.text)
        else:
            continue
        if match:
            yield passage.finding(
                f"begins with {match[1]!r}, which would answer another question too. Name the subject: "
                "'The school may not …', 'Your child may …', 'You do not have to …'."
            )
