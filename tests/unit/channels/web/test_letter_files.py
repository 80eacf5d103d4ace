"""A letter as a file: nothing lost, nothing that a parent typed becomes markup, links that every program opens."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import mammoth
import pytest
from docx import Document

from assistant.channels.web.letter_files import MOST_MAILTO, as_docx, as_page, as_txt, body_html, mailto
from assistant.knowledge.library import library
from assistant.talk.letter_replies import letter_reply
from assistant.talk.letters import Draft

TODAY = date(2026, 11, 30)
LETTERS = sorted(name for name, letter in library().letters.items() if not letter.is_checklist)


def letter(name: str = "records", plan: str | None = "iep", **values: str) -> dict[str, Any]:
    return dict(letter_reply(library(), Draft(name, plan, values), None, TODAY).letter)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("plan", [None, "504", "iep", "none"])
def test_each_letter_opens_in_a_second_program(name: str, plan: str | None) -> None:
    made = letter(name, plan)
    read = mammoth.convert_to_html(io.BytesIO(as_docx(made)))
    assert not [message for message in read.messages if message.type == "error"]
    assert f"<h1>{made['subject']}</h1>" in read.value
    words = mammoth.extract_raw_text(io.BytesIO(as_docx(made))).value
    for paragraph in made["body"].split("\n\n"):
        for line in paragraph.split("\n"):
            assert line.removeprefix("- ") in words


def test_a_file_for_word_names_its_language_and_nobody() -> None:
    document = Document(io.BytesIO(as_docx(letter())))
    about = document.core_properties
    assert about.title == "Request for school records" and about.author == "" and about.language == "en-US"
    assert document.paragraphs[0].style.name == "Heading 1"
    assert any(paragraph.style.name == "List Bullet" for paragraph in document.paragraphs)
    marked = {
        run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.highlight_color
    }
    assert "[child's name]" in marked


def test_a_file_for_word_is_black_in_one_font_with_room_to_sign() -> None:
    document = Document(io.BytesIO(as_docx(letter())))
    fonts = [document.styles[style].font for style in ("Normal", "Heading 1")]
    assert {font.name for font in fonts} == {"Arial"} and {str(font.color.rgb) for font in fonts} == {
        "000000"
    }
    thanks, name = document.paragraphs[-2:]
    assert thanks.text == "Thank you," and name.text.startswith("[your name]")
    assert name.paragraph_format.space_before.pt == 36


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
