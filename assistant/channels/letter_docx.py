"""A letter for Word and LibreOffice: the website and Slack give the same file."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.talk.phrases import PHRASES

FONT = "Arial"
"""On every computer, or there is one like it."""
ROOM_TO_SIGN = Pt(36)
"""Above the name: a letter on paper is signed by hand."""
SAY = PHRASES.letter
BLANK = re.compile(r"(\[[^\]]+\])")
"""What the parent still has to fill in."""
_BULLET = "- "

Letter = Mapping[str, Any]
"""What the assistant says of a letter: subject, body, to, copy, blanks."""


def as_docx(letter: Letter) -> bytes:
    """Return the letter for Word and LibreOffice: the subject is its heading, what is blank stands out."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments, about.language = letter["subject"], "", "", "en-US"
    _speak_english(document)
    _plain_look(document)
    document.add_heading(letter["subject"], level=1)
    _write_head(document, letter)
    *paragraphs, closing = letter["body"].split("\n\n")
    for paragraph in paragraphs:
        lines = paragraph.split("\n")
        if all(line.startswith(_BULLET) for line in lines):
            for line in lines:
                _write(document.add_paragraph(style="List Bullet"), line.removeprefix(_BULLET))
            continue
        _write_lines(document.add_paragraph(), lines)
    thanks, *signed = closing.split("\n")
    _write(document.add_paragraph(), thanks)
    name = document.add_paragraph()
    name.paragraph_format.space_before = ROOM_TO_SIGN
    _write_lines(name, signed)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _plain_look(document: Any) -> None:
    """Give the letter one font in black, as an office expects it; the template's own heading is blue and of another font."""
    fonts = document.styles["Normal"].font, document.styles["Heading 1"].font
    for font in fonts:
        font.name, font.color.rgb = FONT, RGBColor(0, 0, 0)
        for kind in ("asciiTheme", "hAnsiTheme"):
            font.element.rPr.rFonts.attrib.pop(qn(f"w:{kind}"), None)  # a theme's font would win
    fonts[0].size = Pt(11)
    about = document.styles["Heading 1"].paragraph_format
    about.space_before, about.space_after = Pt(0), Pt(12)


def _write_head(document: Any, letter: Letter) -> None:
    line = document.add_paragraph()
    for name, value in ((SAY["plain_to"], letter["to"]), (SAY["plain_copy"], ", ".join(letter["copy"]))):
        if value:
            if line.runs:
                line.add_run().add_break()
            line.add_run(f"{name} ").bold = True
            line.add_run(value)


def _write_lines(paragraph: Any, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        _write(paragraph, line)


def _speak_english(document: Any) -> None:
    """Name the language of the text, for those who have it read aloud."""
    style = document.styles["Normal"].element.get_or_add_rPr()
    for old in style.findall(qn("w:lang")):
        style.remove(old)
    language = style.makeelement(qn("w:lang"), {qn("w:val"): "en-US"})
    style.append(language)


def _write(paragraph: Any, text: str) -> None:
    for part in BLANK.split(text):
        if part:
            run = paragraph.add_run(part)
            if BLANK.fullmatch(part):
                run.bold = True
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
