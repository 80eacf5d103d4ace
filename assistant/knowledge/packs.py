"""What holds in one state (content/states/TX.yml): sentences with their source, as far as they were found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.knowledge.facts import Source
from assistant.knowledge.source import CONTENT, ContentFile, read

SAID = frozenset({"high", "medium"})
"""Confidence of what may be said; low is for nobody until it is checked."""
STATES = CONTENT / "states"
OF_IEP = frozenset({
    "evaluation_clock", "request_response", "meeting_on_request", "meeting_notice", "papers_before_meeting", "copy_of_iep",
    "iep_in_parents_language", "consent_later_ieps", "objection_window", "hearing", "state_complaint", "iee_answer", "last_age",
    "rights_transfer_age", "consent_alternate_or_center", "private_school_services", "extra_parent", "service_logs",
})  # fmt: skip
"""Fields of special education law: they say nothing about a 504 plan."""
HELPERS = frozenset({"parent_center", "protection_advocacy", "state_helpline", "early_intervention"})
"""Fields that name who helps, with a page and a phone number."""
OFFICE = "state_complaint.office"
"""The office that takes state complaints, with its address: made of the row of `state_complaint`."""

COPIES = frozenset({"github.com", "d1tvxue8o4w0fl.cloudfront.net", "pdffox.com"})
"""Where only a copy was read: it backs the sentence, and is no page for a parent."""
_PAGE = re.compile(r"https?://\S+[^\s,;]")


@dataclass(frozen=True)
class StateFact:
    """One sourced sentence of a state.

    Attributes:
        field: `evaluation_clock`, or `hearing.limit` for a part of a field that answers a narrower question.
        says: The sentence, for a parent; of a helper with its page, and its number where that is sure.
        confidence: "high" or "medium"; a medium one is said with "check with".
        read: The day its page was opened; None where it was not. Of several helpers the longest ago.
    """

    field: str
    says: str
    cite: str
    source: str
    confidence: str
    read: date | None = None

    @property
    def of_iep(self) -> bool:
        """Whether it says nothing about a 504 plan."""
        return is_of_iep(self.field)

    @property
    def helper(self) -> bool:
        """Whether it names who helps."""
        return self.field in HELPERS or self.field == OFFICE


@dataclass(frozen=True)
class Pack:
    """A state's facts by field: evaluation_clock, recording, hearing, hearing.limit ..."""

    state: str
    abbreviation: str
    facts: Mapping[str, StateFact]

    def first(self, fields: tuple[str, ...], plan: str | None = None) -> StateFact | None:
        """Return the fact of the first of `fields` that the state has; None where it has none.

        Args:
            fields: Names of facts, the best first.
            plan: "504" leaves out what is about IEPs alone.
        """
        return next(iter(self.all(fields, plan)), None)

    def all(self, fields: tuple[str, ...], plan: str | None = None) -> list[StateFact]:
        """Return the facts that the state has of `fields`, in their order."""
        found = [self.facts[field] for field in fields if field in self.facts]
        return [fact for fact in found if plan != "504" or not fact.of_iep]


def is_of_iep(field: str) -> bool:
    """Whether a field, or a part of one, says nothing about a 504 plan."""
    return field.partition(".")[0] in OF_IEP


def source_of(fact: StateFact) -> Source | None:
    """Return the page behind a state's fact, None where only a citation or somebody's copy is known."""
    page = _PAGE.match(fact.source)
    if page is None or urlsplit(page[0]).netloc in COPIES:
        return None
    url = page[0].replace("(", "%28").replace(")", "%29")  # a bracket would end the link
    return Source(fact.cite or fact.field, url, fact.cite)


def load_packs(folder: Path = STATES) -> dict[str, Pack]:
    """Read all packs, by the state's name.

    Raises:
        ContentError: A pack lacks its state's name or abbreviation.
    """
    packs = {}
    for path in sorted(folder.glob("*.yml")):
        file = read(path)
        if not file.data.get("state") or file.data.get("abbr") != path.stem:
            raise file.error(f"the pack lacks `state`, or `abbr` is not {path.stem}. Write both.")
        packs[file.data["state"]] = Pack(
            file.data["state"], path.stem, {fact.field: fact for fact in _facts(file)}
        )
    return packs


def _facts(file: ContentFile) -> Iterator[StateFact]:
    for field, value in file.data.items():
        rows = [row for row in (value if isinstance(value, list) else [value]) if _sayable(row)]
        if not rows:
            continue
        if field in HELPERS:
            reached = [row for row in rows if row.get("url") or _sure_number(row)]
            if reached:
                says = " ".join(_helper(field, row, file.data["state"]) for row in reached)
                days = [day for row in reached if (day := _day(row))]
                yield replace(_fact(field, reached[0], says), read=min(days, default=None))
            continue
        if field == "state_complaint" and (says := _office(rows[0])):
            yield _fact(OFFICE, rows[0], says)
        yield _fact(field, rows[0], rows[0]["says"])
        for part, says in rows[0].get("parts", {}).items():
            yield _fact(f"{field}.{part}", rows[0], says)


def _sayable(row: Any) -> bool:
    return isinstance(row, dict) and bool(row.get("says")) and row.get("confidence") in SAID


def _fact(field: str, row: Mapping[str, Any], says: str) -> StateFact:
    words = " ".join(says.split())
    return StateFact(field, words, row.get("cite", ""), row.get("source", ""), row["confidence"], _day(row))


def _day(row: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(row.get("read", ""))
    except ValueError:
        return None  # "null": the page was not opened


def sure(row: Mapping[str, Any]) -> bool:
    """Whether a number or an address was read at the state or at the organization itself: lists copy each other's mistakes."""
    if row.get("official") in (True, "true") or row.get("number_source"):
        return True
    own, read_at = (urlsplit(row.get(key, "")).netloc.removeprefix("www.") for key in ("url", "source"))
    return bool(own) and own == read_at


def _sure_number(row: Mapping[str, Any]) -> str:
    return str(row["phone"]) if sure(row) and row.get("phone") else ""


def _office(row: Mapping[str, Any]) -> str:
    """Return where a state complaint goes; empty where no address or number is sure."""
    ways = [str(row[key]) for key in ("address", "phone", "email") if row.get(key)]
    if not (ways and row.get("office") and sure(row)):
        return ""
    return f"State complaints about an IEP go to: {'; '.join([row['office'], *ways])}."


_FREE = {
    "parent_center": "a free parent center",
    "protection_advocacy": "free legal help on disability rights",
}


def _helper(field: str, row: Mapping[str, Any], state: str) -> str:
    """Return who helps, whom they serve if not all of the state, their page and a sure number."""
    serves = str(row.get("serves", "statewide"))
    whom = "" if serves == state or serves.startswith(("statewide", "all of")) else f" for {serves}"
    what = f"{row['name']}, {_FREE[field]}{whom}" if field in _FREE else row["says"].strip().rstrip(".")
    page = f"[{urlsplit(row['url']).netloc.removeprefix('www.')}]({row['url']})" if row.get("url") else ""
    return f"{what}: {', '.join(part for part in (page, _sure_number(row)) if part)}."
