"""Whether a text keeps to the small Markdown that every channel shows: paragraphs, lists, strong, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage

FOR_SLACK = ("slack", "handover")
"""Files of content/en/phrases that go to Slack alone, in Slack's own markup."""

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_FOREIGN = (
    (re.compile(r"\*"), "a star that no channel shows as markup. Write **strong**, or take it out."),
    (re.compile(r"^#+ ", re.MULTILINE), "a heading. Write **strong** on a line of its own."),
    (re.compile(r"`"), "a backtick. Use quotes."),
    (re.compile(r"</?[a-z]+[ >/]"), "HTML. It would be shown as it stands."),
    (re.compile(r"^\|", re.MULTILINE), "a table. Write a list."),
    (re.compile(r"\]\s+\(http"), "a space between the link's words and its address. Close it up."),
)


def find(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield markup that a parent would see as signs."""
    for passage in passages:
        if passage.file.path.parent.name == "phrases" and passage.file.path.stem in FOR_SLACK:
            continue
        bare = _STRONG.sub(r"\1", re.sub(r"^\s*\* ", "- ", passage.text, flags=re.MULTILINE))
        for pattern, problem in _FOREIGN:
            if match := pattern.search(bare):
                yield passage.finding(f"{bare[match.start() : match.end() + 20]!r}: {problem}")
