"""Whether each fact leads to the official page of what it cites, or says that the page read is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.facts import law_link
from assistant.knowledge.source import CONTENT, ContentFile, read

_OFFICIAL = re.compile(r"(?:^|\.)(?:[\w-]+\.(?:gov|mil)|state\.[a-z]{2}\.us|collegeboard\.org|act\.org)$")
"""Governments, and the two companies whose own rules a fact may tell."""
_RETIRED = frozenset({"idea.ed.gov"})
"""Official once, and gone: its pages moved to sites.ed.gov/idea and eCFR."""
_KNOWLEDGE_ONLY = "low"
"""A fact that nobody has read anywhere: no text may rest on it, so it needs no page yet."""


def is_official(address: str) -> bool:
    """Whether an address is a government's own page, not a copy of it, an archive or a report."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return address.startswith("https://") and host not in _RETIRED and bool(_OFFICIAL.search(host))


def documents(pages: Path = CONTENT / "official_pages.yml") -> list[tuple[re.Pattern[str], str]]:
    """Return pattern and address of each federal document of content/official_pages.yml, in its order."""
    rows = [row for row in read(pages).data if row.get("archive")]
    return [(re.compile(row["cite"], re.IGNORECASE), row["url"]) for row in rows]


def find(
    files: Iterable[ContentFile], guidance: Sequence[tuple[re.Pattern[str], str]] = ()
) -> Iterator[Finding]:
    """Yield facts whose `source` is a copy of what they cite, or an unofficial page that does not say so.

    `source` is where the cite leads: eCFR, the US Code, or the document of an agency or court. Where the words were
    read in a copy, `read_at` says where.
    """
    for file in files:
        for number, row in enumerate(file.data if isinstance(file.data, list) else ()):
            if problem := _problem(row, guidance):
                yield Finding(file.path, file.line(number, "source"), f"{row['id']}: {problem}")


def _problem(row: Mapping[str, Any], guidance: Sequence[tuple[re.Pattern[str], str]]) -> str:
    address, cite = row.get("source", ""), row.get("cite", "")
    law = law_link(cite)
    page = law[1] if law else next((url for pattern, url in guidance if pattern.search(cite)), "")
    if "fact" not in row or row.get("confidence") == _KNOWLEDGE_ONLY or is_official(address):
        return ""
    if page:
        return (
            f"source is not the official page of {cite[:60]!r}. Write {page}, and the page read as `read_at`."
        )
    if address.startswith("http") and row.get("official") != "false":
        return 'source is no official page. Link the one that the cite names, or write `official: "false"`.'
    return ""


def fact_files(folder: Path = CONTENT / "facts") -> list[ContentFile]:
    """Return the files of facts."""
    return [read(path) for path in sorted(folder.glob("*.yml"))]
