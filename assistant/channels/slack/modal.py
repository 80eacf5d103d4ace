"""The modal that books a call: one form instead of a talk, for where others read along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from assistant.booking.openings import Opening
from assistant.booking.person.contact import Contact, read_contact
from assistant.booking.zones import spoken, zone_words
from assistant.channels.slack.blocks import Block, section, sections
from assistant.talk.phrases import PHRASES
from assistant.typed_text import plain

CALLBACK = "booking"
SHOWN = 60
"""Openings in the list; Slack shows at most 100."""
MOST_REASON = 300
MOST_OPTION = 75
SAY = PHRASES.slack


@dataclass(frozen=True)
class Wish:
    """What the form holds; `problems` names the fields that can't be right, with a sentence each."""

    contact: Contact
    opening: str
    reason: str
    problems: Mapping[str, str]


def told(markdown: str) -> dict[str, Any]:
    """Return a modal that only says something."""
    return _modal(sections(markdown))


def form(
    openings: Sequence[Opening], zone: ZoneInfo, lead: str = "", kept: Wish | None = None
) -> dict[str, Any]:
    """Return the form with these times; `kept` is what was typed into it before."""
    options = [
        {"text": _plain(spoken(one.start, zone)[:MOST_OPTION]), "value": one.id} for one in openings[:SHOWN]
    ]
    blocks = [
        *([section(lead)] if lead else []),
        _input("name", SAY["modal_name"], _typed("name", (kept.contact.name if kept else "") or "")),
        _input("address", SAY["modal_address"], _typed("address", _address(kept))),
        _input(
            "opening",
            SAY["modal_opening"].format(zone=zone_words(zone)),
            {"type": "static_select", "action_id": "opening", "options": options},
        ),
        _input(
            "reason",
            SAY["modal_reason"],
            _typed("reason", kept.reason if kept else "") | {"multiline": True, "max_length": MOST_REASON},
            optional=True,
        ),
    ]
    return _modal(blocks) | {"submit": _plain(SAY["modal_send"])}


def read(view: Mapping[str, Any]) -> Wish:
    """Return what was typed into the form."""
    values = view["state"]["values"]
    name = plain(values["name"]["name"].get("value") or "").strip()
    address = plain(values["address"]["address"].get("value") or "").strip()
    found = read_contact(f"{name}, {address}").contact
    chosen = values["opening"]["opening"].get("selected_option") or {}
    problems = {}
    if not name:
        problems["name"] = SAY["modal_bad_name"]
    if not (found.email or found.phone):
        problems["address"] = SAY["modal_bad_address"]
    return Wish(
        Contact(found.name or name[:80], found.email, found.phone),
        str(chosen.get("value") or ""),
        plain(values["reason"]["reason"].get("value") or "").strip()[:MOST_REASON],
        problems,
    )


def _address(kept: Wish | None) -> str:
    return (kept.contact.email or kept.contact.phone or "") if kept else ""


def _modal(blocks: list[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(SAY["modal_title"]),
        "close": _plain(SAY["modal_close"]),
        "blocks": blocks,
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _input(block: str, label: str, element: dict[str, Any], *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _typed(action: str, value: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "plain_text_input", "action_id": action}
    return made | ({"initial_value": value} if value else {})
