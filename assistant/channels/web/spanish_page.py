"""`/es`: the reviewed sentences in Spanish on one page, without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from assistant.channels.web.answer_html import lines_html
from assistant.channels.web.html_text import html_text, safe_link
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import CONTENT, read
from assistant.knowledge.spanish import Spanish, SpanishAnswer

MOST_SOURCES = 4


def spanish_main(known: Spanish, facts: Facts) -> tuple[str, str, str]:
    """Return title, one sentence about it, and what stands on the page.

    Raises:
        ContentError: content/es/page.yml names an answer that is not there.
    """
    file = read(CONTENT / "es" / "page.yml")
    say = file.data
    parts = []
    for name, question in say["asks"].items():
        if name not in known.answers:
            raise file.error(f"asks.{name}: content/es/answers.yml has no such answer.", "asks", name)
        parts.append(
            f'<article class="reply"><h2>{escape(question)}</h2>{_words(known.answers[name], say, facts)}</article>'
        )
    main = (
        f"<h1>{escape(say['title'])}</h1><p>{escape(say['intro'])}</p>{''.join(parts)}"
        f'<article class="reply crisis">{html_text(known.danger)}{lines_html(say)}</article>'
        f'<p>{escape(say["ask_text"])}</p><p><a class="button" href="/ask">{escape(say["ask"])}</a></p>'
    )
    return say["title"], say["intro"], main


def _words(answer: SpanishAnswer, say: Mapping[str, Any], facts: Facts) -> str:
    """Return an answer for each plan that has words of its own, and its sources."""
    several = len(answer.says) > 1
    words = "".join(
        (f"<h3>{escape(say['plans'][plan])}</h3>" if several else "") + html_text(text)
        for plan, text in answer.says.items()
    )
    sources = facts.sources(tuple(answer.facts), MOST_SOURCES)
    lines = "".join(
        f'<li lang="en"><a href="{escape(address)}" rel="noopener noreferrer">{escape(source.cite or source.title)}</a></li>'
        for source in sources
        if (address := safe_link(source.url))
    )
    return words + (
        f'<details class="sources"><summary>{escape(say["sources"])}</summary><ul>{lines}</ul></details>'
        if lines
        else ""
    )
