"""What the slot `told` keeps of a talk, read as names."""

from __future__ import annotations

from collections.abc import Sequence


def names_told(told: Sequence[str]) -> list[str]:
    """Return the points and topics that were told, the last first, each once.

    A key is `topic/point@plan`, in a form of its own `topic/point@plan#brief`; a mark of what a topic held has its `#` before the plan.

    >>> names_told(["ask_cost@504", "ask_cost#more@504", "ask_aide/fade@iep#brief", "ask_cost@iep"])
    ['ask_cost', 'ask_aide/fade']
    """
    names = (key.partition("@")[0] for key in reversed(told))
    return list(dict.fromkeys(name for name in names if "#" not in name))
