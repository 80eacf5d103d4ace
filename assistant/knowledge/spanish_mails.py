"""E-mails to who booked in Spanish: content/es/mails.yml, by the names of content/consultation.yml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge.phrases import fields_of
from assistant.knowledge.source import CONTENT, ContentFile, read

FILE = CONTENT / "es" / "mails.yml"
KINDS = ("booked", "moved", "cancelled", "reminder")
FIELDS = frozenset({"first_name", "when", "length", "organisation", "advocate", "where"})
"""What the mails may name in braces."""


@dataclass(frozen=True)
class SpanishMails:
    """All of them.

    Attributes:
        title, where: As in content/consultation.yml: what the call is called, and how it takes place.
        mails: Subject and text by kind.
        links: Labels of the links below, by the English ones.
    """

    title: str
    where: str
    mails: Mapping[str, tuple[str, str]]
    links: Mapping[str, str]


@functools.cache
def spanish_mails() -> SpanishMails:
    """Return the process's one set.

    Raises:
        ContentError: A mail is missing, or is filled with what no mail to a parent is.
    """
    return read_spanish_mails(read(FILE))


def read_spanish_mails(file: ContentFile) -> SpanishMails:
    """Return the mails of a file.

    Raises:
        ContentError: As in `spanish_mails`.
    """
    mails = {}
    for kind in KINDS:
        if kind not in file.data["mails"]:
            raise file.error(f"mails.{kind}: write it; a parent who booked in Spanish gets it.", "mails")
        row = file.data["mails"][kind]
        if stray := set(fields_of(row["subject"] + row["text"])) - FIELDS:
            raise file.error(
                f"mails.{kind}: {', '.join(sorted(stray))} is not known here; use {', '.join(sorted(FIELDS))}.",
                "mails",
                kind,
            )
        mails[kind] = (row["subject"], row["text"])
    return SpanishMails(file.data["title"], file.data["where"], mails, file.data["links"])
