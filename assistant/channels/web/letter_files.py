"""A letter as a parent takes it along: for their e-mail program, as text, for Word and LibreOffice, as a page to print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from string import Template
from typing import Any
from urllib.parse import quote

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.channels.web.pages import WIDGET
from assistant.talk.phrases import PHRASES

MOST_MAILTO = 1900
"""Signs of a mailto link: some programs and browsers cut longer ones, in the middle of a word."""
FONT = "Arial"
"""On every computer, or there is one like it."""
ROOM_TO_SIGN = Pt(36)
"""Above the name: a letter on paper is signed by hand."""
LETTER = "letter"
SAY = PHRASES.letter
_BLANK = re.compile(r"(\[[^\]]+\])")
_BULLET = "- "
_PAGE = Template((WIDGET / "letter.html").read_text(encoding="utf-8"))

Letter = Mapping[str, Any]
"""What the assistant says of a letter: subject, body, to, copy, blanks."""


def mailto(letter: Letter) -> str:
    """Return the link that opens the parent's own e-mail program; a long body is cut at a paragraph, and says so."""
    start = f"mailto:?subject={quote(letter['subject'])}&body="
    whole = quote(_lines(letter["body"]))
    if len(start) + len(whole) <= MOST_MAILTO:
        return start + whole
    rest = quote(_lines(f"\n\n{SAY['mail_cut']}"))
    kept: list[str] = []
    for paragraph in letter["body"].split("\n\n"):
        if len(start) + len(quote(_lines("\n\n".join([*kept, paragraph])))) + len(rest) > MOST_MAILTO:
            break
        kept.append(paragraph)
    return start + quote(_lines("\n\n".join(kept))) + rest


def _lines(text: str) -> str:
    return text.replace("\n", "\r\n")  # RFC 6068


def as_txt(letter: Letter) -> bytes:
    """Return the letter as plain text, whom it goes to first; Windows' own editor needs its line ends."""
    head = [f"{SAY['plain_to']} {letter['to']}"]
    if letter["copy"]:
        head.append(f"{SAY['plain_copy']} {', '.join(letter['copy'])}")
    head.append(f"{SAY['plain_subject']} {letter['subject']}")
    return _lines("\n".join([*head, "", letter["body"], ""])).encode()


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
    for part in _BLANK.split(text):
        if part:
            run = paragraph.add_run(part)
            if _BLANK.fullmatch(part):
                run.bold = True
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def as_page(letter: Letter) -> bytes:
    """Return the letter as a page to print, without script."""
    copy = f"<p>{escape(SAY['plain_copy'])} {escape(', '.join(letter['copy']))}</p>" if letter["copy"] else ""
    return _PAGE.substitute(
        title=escape(letter["subject"]),
        how=escape(SAY["print"]),
        to=f"<p>{escape(SAY['plain_to'])} {escape(letter['to'])}</p>{copy}",
        body=body_html(letter),
    ).encode()


def body_html(letter: Letter) -> str:
    """Return the body as paragraphs, blanks marked; every word is escaped."""
    return "".join(f"<p>{_marked(paragraph)}</p>" for paragraph in letter["body"].split("\n\n"))


def _marked(text: str) -> str:
    parts = (
        f"<mark>{escape(part)}</mark>" if _BLANK.fullmatch(part) else escape(part)
        for part in _BLANK.split(text)
    )
    return "".join(parts).replace("\n", "<br>")


FILES: Mapping[str, tuple[str, Callable[[Letter], bytes]]] = {
    "letter.txt": ("text/plain; charset=utf-8", as_txt),
    "letter.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "letter.html": ("text/html; charset=utf-8", as_page),
}
"""By the last part of the address: the kind, and what makes it."""


def addresses(letter: Letter, sealed: str) -> dict[str, str]:
    """Return the `files` of a letter, by the sealed name of the reply that holds it."""
    at = f"/letters/{sealed}"
    return {
        "mailto": mailto(letter),
        "txt": f"{at}/letter.txt",
        "docx": f"{at}/letter.docx",
        "print": f"{at}/letter.html",
    }
