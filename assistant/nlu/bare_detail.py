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


def names_only_a_plan(text: str, entities: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a message names a plan, and says nothing else."""
    plans = [entity for entity in entities if entity["entity"] in ("plan", "no_plan")]
    return bool(plans) and not words_beyond(text, [(entity["start"], entity["end"]) for entity in plans])
