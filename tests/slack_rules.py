"""What Slack refuses: the limits of its blocks, messages and views, beyond what slack_sdk's own models check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

MOST_TEXT = 40_000
MOST_IN_MESSAGE = 13_200
MOST_VIEW = 250_000
MOST_IN_VIEW = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
MOST_INPUT = 3000
LIMITS = {"section": 3000, "header": 150, "context": 3000, "button": 75, "option": 75}


def message_problems(payload: dict[str, Any]) -> list[str]:
    """Return why Slack would refuse a message; nothing when it would take it."""
    blocks, text = payload.get("blocks") or [], payload.get("text") or ""
    problems = [] if text.strip() or blocks else ["no_text"]
    if len(text) > MOST_TEXT:
        problems.append("msg_too_long")
    if len(blocks) > 50:
        problems.append("invalid_blocks: more than 50 blocks")
    if sum(len(one) for block in blocks for one in _texts(block)) > MOST_IN_MESSAGE:
        problems.append("msg_blocks_too_long")
    if any(block.get("type") == "input" for block in blocks):
        problems.append("invalid_blocks: input outside of a view")
    return problems + list(_block_problems(blocks))


def view_problems(view: dict[str, Any]) -> list[str]:
    """Return why Slack would refuse a modal or home tab."""
    blocks = view.get("blocks") or []
    problems = [] if len(blocks) <= 100 else ["invalid_blocks: more than 100 blocks"]
    if len(json.dumps(view)) > MOST_VIEW:
        problems.append("view_too_large")
    for part, most in MOST_IN_VIEW.items():
        if len(view.get(part) or "") > most:
            problems.append(f"{part} over {most} characters")
    for part in ("title", "submit", "close"):
        if len((view.get(part) or {}).get("text", "")) > 24:
            problems.append(f"{part} over 24 characters")
    if view["type"] == "modal" and not view.get("title"):
        problems.append("a modal without a title")
    if any(block.get("type") == "input" for block in blocks) and not view.get("submit"):
        problems.append("a modal with inputs needs submit")
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError) as error:
        problems.append(f"view: {error}")
    return problems + list(_block_problems(blocks))


def _block_problems(blocks: list[dict[str, Any]]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        yield "invalid_blocks: a block_id twice"
    for raw in blocks:
        try:
            parsed = Block.parse(raw)
            if parsed is None or parsed.to_dict().get("type") != raw.get("type"):
                yield f"invalid_blocks: no such block {raw.get('type')!r}"
                continue
            parsed.validate_json()
        except SlackObjectFormationError as error:
            yield f"invalid_blocks: {error}"
        yield from _own(raw)


def _own(block: dict[str, Any]) -> Iterator[str]:
    """Yield what Slack refuses though its own client takes it; each kind of block has its rules."""
    kind = block["type"]
    if len(block.get("block_id", "")) > 255:
        yield "invalid_blocks: block_id over 255"
    if kind in ("section", "header"):
        yield from _text(block["text"], LIMITS[kind], kind)
    elif kind == "context":
        if not 1 <= len(block["elements"]) <= 10:
            yield "invalid_blocks: context of 1 to 10 elements"
        for element in block["elements"]:
            yield from _text(element, LIMITS["context"], kind)
    elif kind == "actions":
        yield from _actions(block["elements"])
    elif kind == "input":
        yield from _input(block)


def _actions(elements: list[dict[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= 25:
        yield "invalid_blocks: actions of 1 to 25 elements"
    if len({one["action_id"] for one in elements}) < len(elements):
        yield "invalid_blocks: an action_id twice"
    for element in elements:
        yield from _text(element["text"], LIMITS["button"], "button")
        if len(element["action_id"]) > 255 or len(element.get("value", "")) > 2000:
            yield "invalid_blocks: action_id over 255 or value over 2000"
        if "url" in element and not element["url"].startswith(("http://", "https://")):
            yield "invalid_blocks: url"


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block["label"], 2000, "label")
    element = block["element"]
    if not len(element.get("initial_value", "")) <= element.get("max_length", MOST_INPUT) <= MOST_INPUT:
        yield "invalid_blocks: max_length over 3000, or a value over max_length"
    if element["type"] != "static_select":
        return
    if not 1 <= len(element["options"]) <= 100:
        yield "invalid_blocks: 1 to 100 options"
    for option in element["options"]:
        yield from _text(option["text"], LIMITS["option"], "option")
        if len(option["value"]) > 150:
            yield "invalid_blocks: option value over 150"


def _text(text: dict[str, Any], most: int, where: str) -> Iterator[str]:
    if text["type"] not in ("plain_text", "mrkdwn") or not 1 <= len(text["text"]) <= most:
        yield f"invalid_blocks: {where} text of {len(text['text'])} characters, 1 to {most} allowed"


def _texts(block: dict[str, Any]) -> Iterator[str]:
    if isinstance(block.get("text"), dict):
        yield block["text"]["text"]
    elif isinstance(block.get("text"), str):
        yield block["text"]
    for element in block.get("elements", ()):
        yield from _texts(element)
