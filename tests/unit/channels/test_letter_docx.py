"""A letter for Word and LibreOffice: it opens elsewhere too, and nothing is lost."""

from __future__ import annotations

import io

import mammoth
import pytest
from docx import Document

from assistant.channels.letter_docx import as_docx
from tests.unit.channels.web.test_letter_files import LETTERS, letter


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
