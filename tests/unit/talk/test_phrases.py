"""Every phrase is filled with all that it asks for, wherever it is said.

One test over all calls: a phrase that asks for a field which its call does not give would end the answer with an
error, after the call was booked, as the form in Slack once did.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.talk.phrases import PHRASES

ROOT = Path(__file__).parents[3]
GROUPS = (
    "booking",
    "call_pages",
    "errors",
    "page",
    "slack",
    "handover",
    "deleting",
    "letter",
    "days",
    "corrected",
    "unanswered",
)
_ASKED = "(?:_again|_still)?"
# A text that was picked before it is filled: file, function or class, what is filled, and which phrases it may be.
PICKED_BEFORE = {
    ("assistant/handover/head.py", "state_words", "SAY[key]"): r"handover\.state_(?:waiting|missed|ended)",
    ("assistant/handover/head.py", "state_words", "SAY['state_open' if who else 'state_nobody']"): r"handover\.state_(?:open|nobody)",
    ("actions/book/ask.py", "question", "text"): rf"booking\.ask_contact_(?:name|address){_ASKED}",
    ("actions/book/prove.py", "ask", "SAY[str(tracker.get_slot('asked_step'))]"): r"booking\.prove(?:_again)?",
    ("actions/book/ask.py", "run", "SAY[proof.NEEDS_EMAIL]"): r"booking\.prove_by_email",
    ("actions/book/ask.py", "run", "text"): rf"booking\.ask_booking_confirmed{_ASKED}",
    ("actions/book/ask.py", "run", "said(tracker)[proof.NEEDS_EMAIL]"): r"booking\.prove_by_email",
    ("actions/book/ask.py", "ActionAskContactAddress", "SAY[proof.NEEDS_EMAIL]"): r"booking\.prove_by_email",
    ("actions/book/prove.py", "ask", "text"): r"booking\.prove(?:_again)?",
    ("actions/book/offer.py", "_lead", "said(tracker)[kind]"): r"booking\.(?:any_time|match|no_match)",
    ("actions/book/offer.py", "_filled", "lead"): rf"booking\.(?:ask_(?:change_)?opening{_ASKED}|taken|gone_\w+|not_kept|resumed|too_many_tries|more|no_more|any_time)",
    ("actions/change/ask.py", "ActionAskChangeEmail", "text"): rf"booking\.ask_change_email{_ASKED}",
    ("actions/change/ask.py", "ActionAskChangeCode", "text"): rf"booking\.ask_change_code{_ASKED}",
    ("actions/change/ask.py", "ActionAskChangeCall", "text"): rf"booking\.ask_change_call{_ASKED}",
    ("actions/change/ask.py", "ActionAskChangeChoice", "text"): rf"booking\.(?:ask_change_choice{_ASKED}|ask_cancel)",
    ("assistant/channels/web/call_pages.py", "_paragraph", "text"): r"call_pages\.(?:move_question|moved|cancel_question|cancelled|keep_question|kept)",
    ("assistant/channels/web/call_pages.py", "_refused", "SAY[kind]"): r"call_pages\.(?:used_link|was_cancelled|old_link|wrong_link|too_fast)",
    ("assistant/handover/slack.py", "announce", "say[f'announced_{what}']"): r"slack\.announced_(?:booked|moved|cancelled)",
    ("assistant/booking/said.py", "booked", "by_email if contact.email else by_phone"): r"booking\.invitation_(?:email|phone)|slack\.modal_(?:invited|phoned)",
}  # fmt: skip
FILLS_FOR_OTHERS = "assistant/booking/said.py"
"""Is given the phrases by who says them: `say` are those of booking.yml, `errors` of errors.yml."""
_OF_THE_WIDGET = ("reviewed", "call", "text", "writeTo", "moreRows", "sources", "letterTo", "letterCopy")
NOT_PHRASES = {*(f"WIDGET_WORDS['{name}']" for name in _OF_THE_WIDGET), "words[verb]", "sentence"}


@dataclass(frozen=True)
class Call:
    """One place that fills phrases."""

    where: str
    keys: frozenset[str]
    gives: frozenset[str]


@cache
def phrases() -> dict[str, str]:
    """Return every phrase by its name, such as booking.booked."""
    found = {}
    for name in PHRASES.__dataclass_fields__:
        value = getattr(PHRASES, name)
        if isinstance(value, str):
            found[name] = value
        elif name in GROUPS:
            found |= {f"{name}.{key}": text for key, text in value.items()}
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def aliases(tree: ast.Module) -> dict[str, str]:
    """Return which names of a file stand for a group of phrases."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "actions.form_base":
            found |= {one.asname or one.name: "booking" for one in node.names if one.name == "SAY"}
        if isinstance(node, ast.ImportFrom) and node.module == "actions.tongue":
            found["said(tracker)"] = "booking"  # in English; a check holds that Spanish has the same fields
            found["errors(tracker)"] = "errors"
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if re.fullmatch(r"_words\(\w+(?:\.call)?\)", ast.unparse(node.value)):
                found[node.targets[0].id] = (
                    "call_pages"  # in English; a check holds that Spanish has the same fields
                )
            match = re.fullmatch(r"PHRASES\.(\w+)", ast.unparse(node.value))
            if match:
                found[node.targets[0].id] = match[1]
    return found


def group_of(node: ast.expr, named: dict[str, str]) -> str | None:
    text = ast.unparse(node)
    match = re.fullmatch(r"PHRASES\.(\w+)", text)
    return match[1] if match else named.get(text)


def keys_of(node: ast.expr) -> str | None:
    """Return a pattern for the keys that an expression may give, or None when that can't be told from it."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.IfExp):
        either = [keys_of(node.body), keys_of(node.orelse)]
        return None if None in either else "|".join(filter(None, either))
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\w+" for v in node.values
        )
    return None


def given_by(call: ast.Call, function: ast.AST) -> set[str]:
    gives = {one.arg for one in call.keywords if one.arg}
    for one in call.keywords:
        if one.arg is None:  # **fields: a dict of the same function
            name = ast.unparse(one.value)
            dicts = [
                n.value
                for n in ast.walk(function)
                if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == name
            ]
            gives |= {
                key.value
                for d in dicts
                if isinstance(d, ast.Dict)
                for key in d.keys
                if isinstance(key, ast.Constant)
            }
    return gives


def calls() -> Iterator[Call]:
    for path in sorted([*(ROOT / "assistant").rglob("*.py"), *(ROOT / "actions").rglob("*.py")]):
        file, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        if file != FILLS_FOR_OTHERS and not any(
            word in path.read_text(encoding="utf-8")
            for word in ("PHRASES", "SAY", "said(tracker)", "errors(tracker)")
        ):
            continue
        named = {"say": "booking", "errors": "errors"} if file == FILLS_FOR_OTHERS else aliases(tree)
        outer: dict[ast.AST, list[ast.AST]] = {}
        for parent in ast.walk(tree):
            for child in ast.iter_child_nodes(parent):
                outer[child] = [parent, *outer.get(parent, [])]
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "format"
            ):
                continue
            around = [
                one
                for one in outer[node]
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            ]
            where, filled = f"{file}:{node.lineno}", node.func.value
            gives = frozenset(given_by(node, around[0] if around else tree))
            pattern = _pattern(filled, named)
            text = ast.unparse(filled)
            if pattern is None and text in NOT_PHRASES:
                continue
            picked = [
                PICKED_BEFORE[place] for one in around if (place := (file, one.name, text)) in PICKED_BEFORE
            ]
            assert pattern or picked, f"{where}: say in PICKED_BEFORE which phrases {text} may be"
            pattern = picked[0] if picked else pattern
            keys = frozenset(key for key in phrases() if re.fullmatch(pattern, key))
            assert keys, f"{where}: there is no phrase {pattern}"
            yield Call(where, keys, gives)


def _pattern(filled: ast.expr, named: dict[str, str]) -> str | None:
    if isinstance(filled, ast.Subscript) and (group := group_of(filled.value, named)):
        keys = keys_of(filled.slice)
        return f"{group}\\.(?:{keys})" if keys else None
    if (single := group_of(filled, named)) and single in phrases():
        return single
    return None


CALLS = list(calls())


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.where)
def test_every_phrase_gets_what_it_asks_for(call: Call) -> None:
    lacking = {key: fields(phrases()[key]) - call.gives for key in call.keys}
    assert not {key: some for key, some in lacking.items() if some}


def test_every_phrase_with_fields_is_filled_somewhere() -> None:
    filled = {key for call in CALLS for key in call.keys}
    assert {key for key, text in phrases().items() if fields(text)} - filled == set()
