"""The page in Spanish: every reviewed answer under its heading, with its law and whom to call."""

from __future__ import annotations

from assistant.channels.web import answer_pages
from assistant.channels.web.spanish_page import spanish_main
from assistant.knowledge.library import library
from assistant.knowledge.source import CONTENT, read
from assistant.knowledge.spanish import spanish

ASKS = read(CONTENT / "es" / "page.yml").data["asks"]


def test_each_answer_stands_under_its_question_for_each_plan() -> None:
    _, _, main = spanish_main(spanish(), library().facts)
    for name, question in ASKS.items():
        assert f"<h2>{question}</h2>" in main
        for words in spanish().answers[name].says.values():
            assert words.split("[")[0][:60].split("«")[0] in main, name
    assert "ecfr.gov" in main
    assert "tel:988" in main


def test_the_page_says_which_language_it_is_in() -> None:
    title, about, main = spanish_main(spanish(), library().facts)
    page = answer_pages._filled(
        answer_pages.Page(title, main, "/es", about, language="es"), "https://x"
    ).decode()
    assert '<html lang="es">' in page
    assert '<link rel="canonical" href="https://x/es">' in page
