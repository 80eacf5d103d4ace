"""A letter as a file: nothing lost, nothing that a parent typed becomes markup, links that every program opens."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from assistant.channels.web.letter_files import MOST_MAILTO, as_page, as_txt, body_html, mailto
from assistant.knowledge.library import library
from assistant.talk.letter_replies import letter_reply
from assistant.talk.letters import Draft

TODAY = date(2026, 11, 30)
LETTERS = sorted(name for name, letter in library().letters.items() if not letter.is_checklist)


def letter(name: str = "records", plan: str | None = "iep", **values: str) -> dict[str, Any]:
    return dict(letter_reply(library(), Draft(name, plan, values), None, TODAY).letter)


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_link_is_short_enough_and_says_where_it_is_cut(name: str) -> None:
    made = letter(name, "iep", happened="x" * 300)
    link = mailto(made)
    assert len(link) <= MOST_MAILTO
    body = unquote(parse_qs(urlsplit(link).query)["body"][0]).replace("\r\n", "\n")
    if body != made["body"]:
        kept, _, said = body.rpartition("\n\n")
        assert made["body"].startswith(kept) and "Paste the rest" in said
    assert parse_qs(urlsplit(link).query)["subject"] == [made["subject"]]


def test_a_short_letter_is_whole_in_the_mail_link() -> None:
    made = {
        "subject": "Hello & good bye",
        "body": "Dear Ms. O'Hara,\n\n50% of it?\n\nThank you",
        "to": "x",
        "copy": [],
    }
    body = parse_qs(urlsplit(mailto(made)).query)["body"][0]
    assert body == made["body"].replace("\n", "\r\n")


def test_the_text_file_says_whom_it_is_for() -> None:
    text = as_txt(letter()).decode()
    assert text.startswith(
        "To: School principal\r\nCopy: Special education case manager\r\nSubject: Request for school records"
    )
    assert "[child's name]" in text


def test_what_a_parent_typed_is_no_markup() -> None:
    made = letter(papers="<script>alert(1)</script> & more")
    page = as_page(made).decode()
    assert "<script" not in page and "&lt;script&gt;" in page and "<mark>[child&#x27;s name]</mark>" in page
    assert "<script" not in body_html(made)
