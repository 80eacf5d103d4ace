"""Draws which state's rule is known, how surely, and how long ago it was read: part of `make content-report`.

Two files for whoever looks after content/states/: `states.svg`, a picture of fields by states, and `states.html`, the picture with a
table of figures by field. A letter stands for the color in each cell: H high, M medium, L low (said to nobody); a dot for a page that
was read long ago, a cross for one that is overdue.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assistant.knowledge.checks.packs import FRESH
from assistant.knowledge.packs import STATES
from assistant.knowledge.source import read

CONFIDENCE = ("high", "medium", "low")
AGING = timedelta(days=180)
_COLORS = {"high": "#1a7f37", "medium": "#9a6700", "low": "#8c959f", "": "#eaeef2"}
_CELL, _LEFT, _TOP = 22, 190, 34


@dataclass(frozen=True)
class Cell:
    """What is known of one field in one state: its surest row.

    Attributes:
        confidence: "high", "medium" or "low".
        read: The day its page was opened; None where it was not.
    """

    field: str
    state: str
    confidence: str
    read: date | None

    def age(self, today: date) -> str:
        """Return "fresh", "aging", "overdue", or "unread" where its page was never opened."""
        if self.read is None:
            return "unread"
        old = today - self.read
        return "overdue" if old > FRESH else "aging" if old > AGING else "fresh"


def cells(folder: Path = STATES) -> list[Cell]:
    """Return all that the packs of `folder` hold, a cell a field and state."""
    return [cell for path in sorted(folder.glob("*.yml")) for cell in _of_state(path)]


def _of_state(path: Path) -> Iterator[Cell]:
    for field, value in read(path).data.items():
        rows = [row for row in (value if isinstance(value, list) else [value]) if _is_fact(row)]
        if rows:
            surest = min(rows, key=lambda row: CONFIDENCE.index(row["confidence"]))
            yield Cell(field, path.stem, surest["confidence"], _day(surest))


def _is_fact(row: Any) -> bool:
    return isinstance(row, dict) and row.get("confidence") in CONFIDENCE


def _day(row: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(row.get("read", ""))
    except ValueError:
        return None


def figures(found: Iterable[Cell]) -> dict[str, Counter[str]]:
    """Return how many states have each field at each confidence, the fields that most states have first."""
    counts: dict[str, Counter[str]] = {}
    for cell in found:
        counts.setdefault(cell.field, Counter())[cell.confidence] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1]["high"] - item[1]["medium"], item[0])))


def picture(found: list[Cell], today: date) -> str:
    """Return the map as SVG: a row a field, a column a state."""
    fields, states = list(figures(found)), sorted({cell.state for cell in found})
    at = {(cell.field, cell.state): cell for cell in found}
    width, height = _LEFT + _CELL * len(states) + 10, _TOP + _CELL * len(fields) + 10
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="system-ui, sans-serif" font-size="11">',
        f"<title>What is known of each state, {today.isoformat()}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for column, state in enumerate(states):
        x = _LEFT + _CELL * column + _CELL / 2
        drawn.append(f'<text x="{x}" y="{_TOP - 8}" text-anchor="middle" fill="#1c2733">{state}</text>')
    for row, field in enumerate(fields):
        y = _TOP + _CELL * row
        drawn.append(
            f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end" fill="#1c2733">{html.escape(field)}</text>'
        )
        for column, state in enumerate(states):
            drawn.append(_drawn(at.get((field, state)), _LEFT + _CELL * column, y, today))
    return "\n".join([*drawn, "</svg>\n"])


def _drawn(cell: Cell | None, x: int, y: int, today: date) -> str:
    confidence = cell.confidence if cell else ""
    box = f'<rect x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_CELL - 2}" rx="3" fill="{_COLORS[confidence]}"/>'
    if cell is None:
        return box
    age = cell.age(today)
    mark = {"fresh": "", "aging": "·", "unread": "?", "overdue": "x"}[age]
    told = f"{cell.state} {cell.field}: {cell.confidence}, {f'read {cell.read}' if cell.read else 'page not opened'}"
    letter = f'<text x="{x + _CELL / 2}" y="{y + 15}" text-anchor="middle" fill="#fff">{confidence[0].upper()}{mark}</text>'
    return f"<g><title>{html.escape(told)}</title>{box}{letter}</g>"


def page(found: list[Cell], today: date) -> str:
    """Return the picture with a table of figures by field, as one HTML page."""
    states = len({cell.state for cell in found})
    rows = []
    for field, count in figures(found).items():
        days = [cell.read for cell in found if cell.field == field and cell.read]
        late = sum(cell.age(today) == "overdue" for cell in found if cell.field == field)
        numbers = (*(count[kind] for kind in CONFIDENCE), states - count.total(), late)
        rows.append(
            f"<tr><th scope=row>{html.escape(field)}</th>{''.join(f'<td>{number}</td>' for number in numbers)}"
            f"<td>{min(days).isoformat() if days else ''}</td></tr>"
        )
    said = sum(cell.confidence != "low" for cell in found)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Which Plan: what is known of each state</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem;color:#1c2733}table{border-collapse:collapse;margin-top:1.5rem}"
        "th,td{padding:.3rem .7rem;border-bottom:1px solid #d5dbe1;text-align:right}th[scope=row]{text-align:left}svg{max-width:100%}</style></head><body>"
        f"<h1>What is known of each state</h1><p>{said} facts are said, {len(found) - said} of low confidence are not. H high, M medium "
        "(said with where to check it), L low. A dot: read more than half a year ago. A cross: due to be read again. ?: the page was "
        f"not opened. Written {today.isoformat()}. To add or check one: docs/write/add-a-states-rule.md.</p>{picture(found, today)}"
        "<table><thead><tr><th scope=row>Field</th><th>High</th><th>Medium</th><th>Low</th><th>Missing</th><th>Overdue</th><th>Oldest</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></body></html>\n"
    )
