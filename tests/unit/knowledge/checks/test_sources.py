"""Dead links, unofficial pages and texts that rest on nothing are found."""

from pathlib import Path

import pytest

from assistant.knowledge.checks import backing, links
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import read
from tests.unit.knowledge.conftest import Passages

SHORT = "It is free. Ask the school in an email tonight."
HOSTS = frozenset({"understood.org"})


def link_problems(said: Passages, words: str) -> list[str]:
    return [finding.problem for finding in links.find(said((SHORT, words)), HOSTS)]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("See [this](http://www.ed.gov/) page.", "not well formed"),
        ("See [this](www.ed.gov) page.", "not well formed"),
        ("See [this](https://ed gov/) page.", "not well formed"),
        ("See [](https://www.ed.gov/) page.", "no words"),
        ("See [this](https://best-iep-blog.com/) page.", "neither official nor"),
        ("See https://www.ed.gov/ today.", "stands bare"),
        ("Call [us](tel:call-me) today.", "not well formed"),
    ],
)
def test_a_faulty_link_is_found(said: Passages, words: str, complaint: str) -> None:
    assert any(complaint in problem for problem in link_problems(said, words))


@pytest.mark.parametrize(
    "words",
    [
        "See [this](https://www.ed.gov/x) page.",
        "Look [here](https://www.understood.org/).",
        "Call [988](tel:988).",
    ],
)
def test_official_pages_parent_organisations_and_phones_pass(said: Passages, words: str) -> None:
    assert link_problems(said, words) == []


def test_an_insecure_official_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "official_pages.yml"
    path.write_text("- {cite: X, title: X, url: 'http://x.gov/'}\n")
    assert [finding.line for finding in links.find_in_pages(path)] == [1]


def test_a_text_without_any_page_behind_it_is_found(said: Passages, facts: Facts) -> None:
    passages = said(("[s504_legally_binding]", "[practice_contact_log]"))
    assert ["none of its facts" in finding.problem for finding in backing.find(passages, facts)] == [True]
    assert list(backing.find(said(), facts)) == []


def test_what_the_assistant_says_about_itself_needs_no_page(said: Passages, facts: Facts) -> None:
    assert list(backing.find(said(("[s504_legally_binding]", "[practice_own_privacy]")), facts)) == []


def test_an_unknown_fact_of_a_small_file_is_found_in_its_line(tmp_path: Path, facts: Facts) -> None:
    path = tmp_path / "comparison.yml"
    path.write_text("rows:\n  - {facts: [s504_legally_binding]}\n  - {facts: [s504_invented]}\n")
    assert [(f.line, "s504_invented" in f.problem) for f in backing.find_unknown(read(path), facts)] == [
        (3, True)
    ]


def test_a_small_file_without_facts_is_found(tmp_path: Path, facts: Facts) -> None:
    path = tmp_path / "feelings.yml"
    path.write_text("warm: [I am sorry.]\n")
    assert len(list(backing.find_unknown(read(path), facts))) == 1


def test_a_terms_cite_leads_to_a_page(tmp_path: Path, facts: Facts) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text("- {term: A, cite: 34 CFR 300.8}\n- {term: B, cite: hearsay}\n- {term: C}\n")
    assert [finding.line for finding in backing.find_terms(read(path), facts)] == [2]
