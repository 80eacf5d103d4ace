"""The addresses of all pages of answers, for search engines."""

from __future__ import annotations

from datetime import date
from html import escape

from assistant.channels.web.questions import topics
from assistant.knowledge.library import Library

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_of(known: Library, public_url: str) -> bytes:
    """Return the addresses of all pages, for search engines; each with the day its words were approved."""
    rows = [_row(f"{public_url}/q", None), _row(f"{public_url}/es", None)]
    for topic in topics(known):
        rows.append(_row(f"{public_url}/q/{topic.name}", known.answers[topic.name].reviewed))
        rows += [_row(f"{public_url}/q/{point.name}", point.approved_on) for point in topic.points]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{SITEMAP}">{"".join(rows)}</urlset>'.encode()
    )


def _row(address: str, day: date | None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>"
