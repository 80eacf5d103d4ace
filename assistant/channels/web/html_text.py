"""The small Markdown of answers as HTML, for pages without JavaScript: what widget/src/markdown.ts shows, no more.

Every word is escaped before a tag is put around it, so an answer or a parent's words can never bring their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)")
_SPAN = re.compile(
    r"\\(?P<escaped>[\\*\[\]()_.-])"
    r"|\*\*(?=\S)(?P<strong>.+?)\*\*"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<address>[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|(?P<line>\n)",
    re.DOTALL,
)
_SAFE = re.compile(r"(?:https://|tel:|mailto:)[^\s\"'<>\\]+", re.IGNORECASE)


def safe_link(address: str) -> str | None:
    """Return the address if a link may lead there (https, tel, mailto), else None."""
    return address if _SAFE.fullmatch(address) else None


def html_text(markdown: str) -> str:
    """Return paragraphs, lists, strong words and links as HTML; everything else stays plain text."""
    return "".join(_blocks(markdown.replace("\r\n", "\n").replace("\r", "\n")))


def plain_text(markdown: str) -> str:
    """Return the words alone, on one line: for search engines, and the description of a page."""
    words = re.sub(r"<[^>]+>", " ", html_text(markdown))
    return " ".join(html.unescape(words).split())


def _blocks(text: str) -> Iterator[str]:
    paragraph: list[str] = []
    items: list[str] = []
    start: str | None = None
    blank = False

    def ended_paragraph() -> Iterator[str]:
        if paragraph:
            yield f"<p>{_inline(chr(10).join(paragraph))}</p>"
            paragraph.clear()

    def ended_list() -> Iterator[str]:
        if items:
            inside = "".join(f"<li>{_inline(item)}</li>" for item in items)
            yield f"<ul>{inside}</ul>" if start is None else f'<ol start="{int(start)}">{inside}</ol>'
            items.clear()

    for line in text.split("\n"):
        item = _ITEM.fullmatch(line)
        if not line.strip():
            yield from ended_paragraph()
            blank = True
            continue
        if item:
            yield from ended_paragraph()
            if items and (start is None) != (item[1] is None):
                yield from ended_list()
            if not items:
                start = item[1]
            items.append(item[2])
        elif items and (not blank or line[:1].isspace()):  # a wrapped line still belongs to its item
            items[-1] = f"{items[-1]} {line.strip()}"
        else:
            yield from ended_list()
            paragraph.append(line.strip())
        blank = False
    yield from ended_paragraph()
    yield from ended_list()


def _inline(text: str, links: bool = True) -> str:
    parts: list[str] = []
    end = 0
    for found in _SPAN.finditer(text):
        parts.append(html.escape(text[end : found.start()]))
        end = found.end()
        if found["escaped"]:
            parts.append(html.escape(found["escaped"]))
        elif found["strong"]:
            parts.append(f"<strong>{_inline(found['strong'], links)}</strong>")
        elif found["line"]:
            parts.append("<br>")
        else:
            inside = _inline(found["label"], links=False)
            address = safe_link(found["address"]) if links else None
            # a forbidden address loses its link, not its words
            parts.append(
                f'<a href="{html.escape(address)}" rel="noopener noreferrer">{inside}</a>'
                if address
                else inside
            )
    parts.append(html.escape(text[end:]))
    return "".join(parts)
