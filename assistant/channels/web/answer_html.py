"""An answer as HTML for pages without JavaScript: in the order of the widget, each fold named by what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from assistant.channels.web.html_text import html_text, safe_link
from assistant.channels.web.letter_files import body_html
from assistant.channels.web.pages import WIDGET

WIDGET_WORDS: Mapping[str, str] = json.loads((WIDGET / "strings.json").read_text(encoding="utf-8"))
"""The widget's own words: the pages share them."""
FIRST_ROWS = 4
"""Rows of a comparison that are seen at once."""


def answer_html(reply: Mapping[str, Any], buttons: str, level: int = 2) -> str:
    """Return the parts of a reply.

    Args:
        reply: In the form of the HTTP contract.
        buttons: The form with its buttons as HTML: right below the question that they answer, else at the end.
        level: Of its heading; a page that stands for one answer has it as `h1` itself and gives 0.
    """
    if reply.get("outcome") == "crisis":
        return danger_html(reply["text"])
    said = not reply.get("body")
    ask = reply.get("ask") or ""
    heading = reply.get("heading") or ""
    parts = [
        f"<h{level}>{escape(heading)}</h{level}>" if heading and level and not said else "",
        html_text(_without_letter(reply) if said else reply["body"]),
        _letter(reply.get("letter") or {}),  # read before it is asked about
        "" if said else _asked(ask, buttons),
        _card(reply.get("card") or {}),
        "" if said else _write_to(reply),
        "" if said or not reply.get("more") else _fold(reply.get("more_title") or WIDGET_WORDS["more"], html_text(reply["more"])),
        _sources(reply),
        buttons if said or not ask else "",
    ]  # fmt: skip
    return "".join(parts)


def danger_html(text: str) -> str:
    """Return words of danger: the first of them, whom to call as buttons, then the rest."""
    first, _, rest = text.partition("\n\n")
    return f"{html_text(first)}{lines_html()}{html_text(rest)}"


def lines_html(words: Mapping[str, str] = WIDGET_WORDS) -> str:
    """Return whom to call in danger, in the `call` and `text` of some words."""
    links = (("tel:988", "call", "988"), ("sms:988", "text", "988"), ("tel:911", "call", "911"))
    shown = "".join(
        f'<a href="{address}">{escape(words[verb].format(phone=phone))}</a>' for address, verb, phone in links
    )
    return f'<p class="choices lines">{shown}</p>'


def _without_letter(reply: Mapping[str, Any]) -> str:
    """Return the text of a reply without its letter, which is shown as one."""
    body = (reply.get("letter") or {}).get("body", "")
    return str(reply["text"]).replace(body, "").strip() if body else str(reply["text"])


def _letter(letter: Mapping[str, Any]) -> str:
    """Return a letter to read, and the ways to take it along."""
    if not letter:
        return ""
    files = letter.get("files") or {}
    ways = (("mailto", "email"), ("docx", "asWord"), ("txt", "asText"), ("print", "print"))
    links = " ".join(
        f'<a class="button" href="{escape(files[way])}">{escape(WIDGET_WORDS[words])}</a>'
        for way, words in ways
        if str(files.get(way, "")).startswith(("mailto:", "/v1/", "/letters/"))
    )
    to = WIDGET_WORDS["letterTo"].format(role=letter["to"])
    copies = WIDGET_WORDS["letterCopy"].format(roles=", ".join(letter["copy"])) if letter.get("copy") else ""
    return (
        f'<section class="card letter"><h2>{escape(letter["name"])}</h2><p>{escape(to)}<br>{escape(copies)}</p>'
        f"<p><strong>{escape(letter['subject'])}</strong></p><blockquote>{body_html(letter)}</blockquote><p>{links}</p></section>"
    )


def open_answer_html(reply: Mapping[str, Any]) -> str:
    """Return a reply of a page that holds nothing else: nothing is folded, so that it prints whole; the heading is the page's own."""
    card = reply.get("card") or {}
    contact = card if card.get("kind") == "contact" else {}
    words = contact.get("say") or reply.get("script") or ""
    role = WIDGET_WORDS["writeTo"].format(role=contact["role"]) if contact else ""
    parts = [
        html_text(reply["body"]),
        html_text(reply.get("write_to") or ""),
        _whole_table(card) if card.get("kind") == "compare" else "",
        f"<h2>{escape(role or WIDGET_WORDS['words'])}</h2>" if words or contact else "",
        html_text(contact.get("how", "")),
        f"<blockquote>{escape(words)}</blockquote>{_mail(words)}" if words else "",
        f"<h2>{escape(reply['more_title'])}</h2>{html_text(reply['more'])}" if reply.get("more") else "",
        _source_list(reply),
    ]
    return "".join(parts)


def day_in_words(iso: str) -> str:
    """Return a day such as 2026-11-29 as "November 29, 2026"."""
    day = date.fromisoformat(iso)
    return f"{day:%B} {day.day}, {day.year}"


def _asked(ask: str, buttons: str) -> str:
    return f'<div class="asked">{html_text(ask)}{buttons}</div>' if ask else ""


def _fold(name: str, inside: str, kind: str = "") -> str:
    of_kind = f" {kind}" if kind else ""
    return f'<details class="fold{of_kind}"><summary>{escape(name)}</summary>{inside}</details>'


def _write_to(reply: Mapping[str, Any]) -> str:
    """Return one line that names whom to write to; it opens to how, and to the words to send."""
    card = reply.get("card") or {}
    contact = card if card.get("kind") == "contact" else {}
    words = contact.get("say") or reply.get("script") or ""
    if not contact and not words:
        return f'<p class="line">{escape(reply["write_to"])}</p>' if reply.get("write_to") else ""
    name = WIDGET_WORDS["writeTo"].format(role=contact["role"]) if contact else WIDGET_WORDS["words"]
    inside = html_text(contact.get("how", ""))
    if words:
        inside += f"<blockquote>{escape(words)}</blockquote>{_mail(words)}"
    return _fold(name, inside, "write")


def _mail(words: str) -> str:
    """Return the link that opens the parent's own mail program with the words."""
    return f'<p class="mail"><a class="button" href="mailto:?body={escape(quote(words))}">{escape(WIDGET_WORDS["email"])}</a></p>'


def _card(card: Mapping[str, Any]) -> str:
    if card.get("kind") == "compare":
        return _table(card)
    if card.get("kind") == "booking":
        title = f"{WIDGET_WORDS['bookedTitle']}: {card['when']}"
        link = (
            f'<p><a href="{escape(card["ics"])}">{escape(WIDGET_WORDS["addToCalendar"])}</a></p>'
            if card.get("ics")
            else ""
        )
        return f'<section class="card"><h2>{escape(title)}</h2>{link}</section>'
    return ""


def _table(card: Mapping[str, Any]) -> str:
    """Return the comparison: the first rows, and the others folded. Kept talks may have one without rows."""
    rows = card.get("rows") or []
    others = rows[FIRST_ROWS:]
    name = WIDGET_WORDS["moreRows"].format(heads=", ".join(row["head"].lower() for row in others))
    return (
        _rows(card, rows[:FIRST_ROWS]) + (_fold(name, _rows(card, others)) if others else "") if rows else ""
    )


def _whole_table(card: Mapping[str, Any]) -> str:
    return _rows(card, card["rows"])


def _rows(card: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> str:
    """Return a table. The roles are written out, because the style sheet lays it out as a grid on a phone."""
    heads = "".join(
        f'<th scope="col" role="columnheader">{escape(column["title"])}</th>' for column in card["columns"]
    )
    lines = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{escape(row["head"])}</th>'
        + "".join(f'<td role="cell">{html_text(cell)}</td>' for cell in row["cells"])
        + "</tr>"
        for row in rows
    )
    head = f'<thead role="rowgroup"><tr role="row"><td></td>{heads}</tr></thead>'
    return f'<table role="table">{head}<tbody role="rowgroup">{lines}</tbody></table>'


def _sources(reply: Mapping[str, Any]) -> str:
    if not reply["sources"]:
        return ""
    name = escape(WIDGET_WORDS["sources"])
    return f'<details class="sources"><summary>{name}</summary>{_source_lines(reply)}</details>'


def _source_list(reply: Mapping[str, Any]) -> str:
    """Return the sources of a page that folds nothing."""
    if not reply["sources"]:
        return ""
    name = escape(WIDGET_WORDS["sources"])
    return f'<section class="sources"><h2>{name}</h2>{_source_lines(reply)}</section>'


def _source_lines(reply: Mapping[str, Any]) -> str:
    lines = []
    for source in reply["sources"]:
        title = escape(source["title"] or source["cite"])
        address = safe_link(source["url"])
        link = f'<a href="{escape(address)}" rel="noopener noreferrer">{title}</a>' if address else title
        cite = (
            f" <span>{escape(source['cite'])}</span>" if source["cite"] not in ("", source["title"]) else ""
        )
        lines.append(f"<li>{link}{cite}</li>")
    reviewed = (reply.get("answer") or {}).get("reviewed", "")
    checked = (
        f"<p>{escape(WIDGET_WORDS['reviewed'].format(date=day_in_words(reviewed)))}</p>" if reviewed else ""
    )
    return f"<ul>{''.join(lines)}</ul>{checked}"
