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
    got gets get be been being wait hey hmm um uh meaning talking asking thing ones either""".split()
)
"""Words that ask nothing by themselves."""


def words_beyond(text: str, places: Iterable[tuple[int, int]]) -> list[str]:
    """Return the words of `text` outside `places` (start, end) that are no filler."""
    for start, end in places:  # two may share their place, so no letter moves
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    words = re.findall(r"[a-z']+", text.lower())
    return [word for word in words if word.replace("'", "") not in FILLER]


MEANS = {"plan": "inform", "no_plan": "inform", "term": "ask_term"}
"""What a message means that names such a detail, and says nothing else."""


def bare_intent(text: str, entities: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the intent of a message that holds no more than a plan or a term, None for any other.

    >>> bare_intent("and LRE?", [{"entity": "term", "start": 4, "end": 7}])
    'ask_term'
    """
    details = [entity for entity in entities if entity["entity"] in MEANS]
    if not details or words_beyond(text, [(entity["start"], entity["end"]) for entity in details]):
        return None
    return MEANS[details[0]["entity"]]
