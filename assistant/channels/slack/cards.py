"""A reply's card as Slack's blocks: whom to write to, the two plans side by side. The website draws them; here they are lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.channels.slack.blocks import Block, sections
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply

Card = Mapping[str, Any]


def card_blocks(reply: Reply) -> list[Block]:
    """Return the blocks of a reply's card, without what its text says already; nothing where it has none."""
    made = _KINDS.get(str(reply.card.get("kind")))
    markdown = made(reply.card, reply.text) if made else ""
    return sections(markdown) if markdown else []


def _contact(card: Card, text: str) -> str:
    lines = [PHRASES.slack["card_contact"].format(role=card["role"]), card["how"]]
    if card.get("say") and card["say"] not in text:
        lines.append(f"> {card['say']}")
    return "\n".join(line for line in lines if line and line not in text)


def _compare(card: Card, text: str) -> str:
    titles = [column["title"] for column in card["columns"]]
    lines = []
    for row in card.get("rows") or ():
        cells = " · ".join(f"{title}: {cell}" for title, cell in zip(titles, row["cells"], strict=False))
        lines.append(f"- **{row['head']}:** {cells}")
    return "\n".join(lines)


_KINDS: Mapping[str, Callable[[Card, str], str]] = {"contact": _contact, "compare": _compare}
