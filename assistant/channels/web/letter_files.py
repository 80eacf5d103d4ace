"""A letter as a parent takes it along: for their e-mail program, as text, for Word and LibreOffice, as a page to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from string import Template
from urllib.parse import quote

from assistant.channels.letter_docx import BLANK, Letter, as_docx
from assistant.channels.web.pages import WIDGET
from assistant.talk.phrases import PHRASES

MOST_MAILTO = 1900
"""Signs of a mailto link: some programs and browsers cut longer ones, in the middle of a word."""
LETTER = "letter"
SAY = PHRASES.letter
_PAGE = Template((WIDGET / "letter.html").read_text(encoding="utf-8"))


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
        f"<mark>{escape(part)}</mark>" if BLANK.fullmatch(part) else escape(part)
        for part in BLANK.split(text)
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
