"""The letters in Spanish: each is there, and filled with what a letter to a parent is filled with."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.source import ContentError, read
from assistant.knowledge.spanish_mails import FILE, KINDS, read_spanish_mails, spanish_mails


def test_each_letter_to_a_parent_is_there() -> None:
    assert set(spanish_mails().mails) == set(KINDS)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("  reminder:", "  remindr:", "mails.reminder: write it"),
        ("{when}", "{day_and_hour}", "day_and_hour is not known here"),
    ],
)
def test_a_mail_that_is_missing_or_filled_wrongly_is_refused(
    tmp_path: Path, old: str, new: str, wrong: str
) -> None:
    path = tmp_path / "mails.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=wrong):
        read_spanish_mails(read(path))
