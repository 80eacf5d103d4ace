"""What is wrong with how an expectation is written in a story's file; "" where nothing is."""

from __future__ import annotations

import re
from typing import Any

_UTTERED = ("utter_name", "text_matches", "buttons")
_ANSWERED = ("intent", "point", "plan")


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, and one value as a list of it."""
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Needs one text."""
    return "" if isinstance(value, str) and value else "needs a text"


def texts(value: Any) -> str:
    """Needs a text or a list of them."""
    return (
        ""
        if all(isinstance(v, str) and v for v in as_list(value)) and value
        else "needs a text or a list of texts"
    )


def number(value: Any) -> str:
    """Needs a whole number."""
    return "" if isinstance(value, str) and value.isdecimal() else "needs a whole number"


def regex(value: Any) -> str:
    """Needs a pattern."""
    if wrong := text(value):
        return wrong
    try:
        re.compile(value)
    except re.error as error:
        return f"is no valid pattern ({error})"
    return ""


def answer(value: Any) -> str:
    """Needs "none", or topic, point and plan."""
    if value == "none":
        return ""
    if not isinstance(value, dict) or not value or set(value) - set(_ANSWERED):
        return "needs `intent`, `point`, `plan` or some of them, such as {point: ask_review/how_often, plan: iep}, or `none`"
    return next((wrong for part in value.values() if (wrong := texts(part))), "")


def uttered(value: Any) -> str:
    """Needs a name, a pattern or buttons."""
    if not isinstance(value, dict) or not value or set(value) - set(_UTTERED):
        return f"needs one or more of {', '.join(_UTTERED)}"
    if wrong := regex(value.get("text_matches", "x")):
        return f"text_matches {wrong}"
    return next(
        (
            "buttons: each needs a `title`, a `payload` or both"
            for button in as_list(value.get("buttons", []))
            if not isinstance(button, dict) or not button or set(button) - {"title", "payload"}
        ),
        "",
    )


def slots(value: Any) -> str:
    """Needs a list of slots."""
    for slot in as_list(value):
        if not (isinstance(slot, dict) and "name" in slot and not set(slot) - {"name", "value"}):
            return "needs a list of `name` and `value`, such as [{name: plan, value: iep}]"
    return ""


def mail(value: Any) -> str:
    """Needs whom it went to, or a pattern."""
    if not isinstance(value, dict) or not value or set(value) - {"to", "text_matches"}:
        return "needs `to`, `text_matches` or both"
    return regex(value.get("text_matches", "x"))


def kept(value: Any) -> str:
    """Needs true, or a list of texts."""
    return (
        ""
        if value == "true" or (isinstance(value, list) and not texts(value))
        else "needs true, or a list of texts"
    )
