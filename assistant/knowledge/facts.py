"""The facts that answers rest on: what holds, which law says so, and its official page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.cites import for_readers
from assistant.knowledge.source import CONTENT, ContentFile, read

ECFR = "https://www.ecfr.gov/current/title-{title}/section-{section}"
ECFR_PART = "https://www.ecfr.gov/current/title-{title}/part-{part}"
US_CODE = (
    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{title}-section{section}"
    "&num=0&edition=prelim"
)

_CFR = re.compile(r"(\d+) CFR (?:Part |part )?(\d+)(?:\.(\d+[a-z]?))?")
_USC = re.compile(r"(\d+) U\.S\.C\. (\d+[a-z]*(?:-\d+)?)")


@dataclass(frozen=True)
class Source:
    """What a parent sees under "Where this comes from". `cite` has no editor's notes; it is empty where only the page is named."""

    title: str
    url: str
    cite: str


@dataclass(frozen=True)
class Fact:
    """One sourced statement of content/facts/."""

    id: str
    intents: tuple[str, ...]
    plan: str
    text: str
    cite: str
    confidence: str
    caveat: str
    path: Path
    line: int
    recheck: str = ""
    """How often it has to be read again where it is moving news: "monthly"."""


@dataclass(frozen=True)
class OfficialPage:
    """The page of an agency, for a cite that names guidance instead of a section of law."""

    cite: re.Pattern[str]
    title: str
    url: str


class Facts:
    """All facts by id, and the official link of each.

    Raises:
        ContentError: A file is broken, or an id stands twice.
    """

    def __init__(
        self, folder: Path = CONTENT / "facts", pages: Path = CONTENT / "official_pages.yml"
    ) -> None:
        self.by_id: dict[str, Fact] = {}
        for path in sorted(folder.glob("*.yml")):
            file = read(path)
            if isinstance(file.data, list):
                self._take(file)
        self._pages = [
            OfficialPage(re.compile(row["cite"], re.IGNORECASE), row["title"], row["url"])
            for row in read(pages).data
        ]

    def _take(self, file: ContentFile) -> None:
        for number, row in enumerate(file.data):
            if not isinstance(row, dict) or "id" not in row or not ("fact" in row or "claim" in row):
                continue
            if row["id"] in self.by_id:
                raise file.error(f"the fact {row['id']} stands twice. Give one of them another id.", number)
            self.by_id[row["id"]] = Fact(
                id=row["id"],
                intents=tuple(row.get("intents", ())),
                plan=row.get("plan", "both"),
                text=row.get("fact") or f"{row['claim']} {row.get('nuance', '')}",
                cite=row.get("cite") or _cites_in(row.get("nuance", "")) or "Founding article (SPEDSA)",
                confidence=row.get("confidence", "high"),
                caveat=row.get("caveat", ""),
                path=file.path,
                line=file.line(number),
                recheck=row.get("recheck", ""),
            )

    def __contains__(self, fact: str) -> bool:
        return fact in self.by_id

    def __getitem__(self, fact: str) -> Fact:
        return self.by_id[fact]

    def source(self, cite: str) -> Source | None:
        """Return the official page of the first law or agency that `cite` names, or None."""
        page = self._page(cite)
        named = law_link(cite) or (page and (page.title, page.url))
        return Source(*named, for_readers(cite, lambda part: self._page(part) is not None)) if named else None

    def _page(self, cite: str) -> OfficialPage | None:
        return next((page for page in self._pages if page.cite.search(cite)), None)

    def sources(self, ids: Iterable[str], most: int = 5) -> list[Source]:
        """Return the links behind some facts, each page once, at most `most`."""
        found: dict[str, Source] = {}
        for fact in ids:
            source = self.source(self.by_id[fact].cite)
            if source is not None:
                found.setdefault(source.url, source)
        return list(found.values())[:most]


def _cites_in(text: str) -> str:
    return "; ".join(
        match[0] for match in re.finditer(r"\d+ (?:CFR|U\.S\.C\.) [\d.]+(?:\([a-z0-9]+\))*", text)
    )


def law_link(cite: str) -> tuple[str, str] | None:
    """Return title and official address of the first section of federal law in `cite`.

    >>> law_link("34 CFR 300.301(c)(1); 20 U.S.C. 1414")
    ('Federal rule 34 CFR 300.301', 'https://www.ecfr.gov/current/title-34/section-300.301')
    """
    cfr, usc = _CFR.search(cite), _USC.search(cite)
    if cfr and (not usc or cfr.start() < usc.start()):
        title, part, section = cfr.groups()
        if section:
            name = f"{part}.{section}"
            return f"Federal rule {title} CFR {name}", ECFR.format(title=title, section=name)
        return f"Federal rules {title} CFR Part {part}", ECFR_PART.format(title=title, part=part)
    if usc:
        title, section = usc.groups()
        section = section.split("-")[0] if re.fullmatch(r"\d+-\d+", section) else section
        return f"Federal law {title} U.S.C. {section}", US_CODE.format(title=title, section=section)
    return None
