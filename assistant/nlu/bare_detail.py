"""Messages that hold no more than a detail: "what about for a 504"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

FILLER = frozenset(
    """a about actually also am an and apply applies are but can case count counts did do does for had has have he her hers
    hi his hold holds how i if im in instead is isnt it its just like me meant mean mine my no not now of oh ok okay on one only or
    our please same she so sorry still tell than that thats the their them then there they this to too true under
    us want wanted was we well were what whats when with work works would wrong yeah yes you your kid child son daughter plan plans
    got gets get be been being wait hey hmm um uh meaning talking asking thing ones either
    yet theres mistake mistaken offered offer gave mixed up""".split()
)
"""Words that ask nothing by themselves."""


_ONE_OF_A_KIND = re.compile(r"\W*(?:and|or|what about|how about)(?: for)? an? [a-z]+\s+", re.IGNORECASE)
"""What is left of "and a good iep": the question before, for another plan."""
_ASKS_MEANING = re.compile(
    r"\bmean|\bstands? for\b|\bwhat(?:'?s| is| are| does)?\b(?! about\b| if\b)|\bdefin|\bexplain|\bhuh\b",
    re.IGNORECASE,
)


def words_beyond(text: str, places: Iterable[tuple[int, int]]) -> list[str]:
    """Return the words of `text` outside `places` (start, end) that are no filler."""
    for start, end in places:  # two may share their place, so no letter moves
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    if _ONE_OF_A_KIND.fullmatch(text):
        return []
    words = re.findall(r"[a-z']+", text.lower())
    return [word for word in words if word.replace("'", "") not in FILLER]


MEANS = {"plan": "inform", "no_plan": "inform", "term": "ask_term", "condition": "inform"}
"""What a message means that names such a detail, and says nothing else."""


def bare_intent(text: str, entities: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the intent of a message that holds no more than a plan, a condition or a term, None for any other.

    >>> bare_intent("and LRE?", [{"entity": "term", "start": 4, "end": 7}])
    'ask_term'
    """
    named = list(entities)
    # one word may be both: "my daughter has dyscalculia" tells a condition, "what is dyscalculia" asks for the word
    left = "condition" if _ASKS_MEANING.search(text) else "term"
    places_of = {
        kind: {(e["start"], e["end"]) for e in named if e["entity"] == kind} for kind in ("condition", "term")
    }
    both = places_of["condition"] & places_of["term"]
    details = [
        entity
        for entity in named
        if entity["entity"] in MEANS
        and not (entity["entity"] == left and (entity["start"], entity["end"]) in both)
    ]
    places = [(entity["start"], entity["end"]) for entity in details]
    if not details or words_beyond(text, places):
        return None
    return MEANS[details[0]["entity"]]
