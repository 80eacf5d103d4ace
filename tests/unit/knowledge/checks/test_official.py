"""A fact leads to the official page of what it cites; a copy, or a page of nobody official, has to be named as such."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.knowledge.checks import official
from assistant.knowledge.source import read

GUIDANCE = [(re.compile("Memo 11-07"), "https://www2.ed.gov/memo11-07.pdf")]
RULE = "cite: 34 CFR 300.301(c)"


def problems(tmp_path: Path, *rows: str) -> list[str]:
    path = tmp_path / "facts.yml"
    path.write_text("- id: a_fact\n  fact: It is so.\n" + "".join(f"  {row}\n" for row in rows))
    return [str(finding) for finding in official.find([read(path)], GUIDANCE)]


@pytest.mark.parametrize(
    "copy",
    [
        "https://github.com/someone/us-code/blob/main/title-20.md",
        "https://example.com/php-proxy/index.php?q=form",
        "https://webarchive.library.unt.edu/eot2008/34cfr300.301.htm",
        "https://idea.ed.gov/explore/view/p/300.301.html",
        "https://www.ed.gov.example.com/",
        "http://www.ecfr.gov/current/title-34/section-300.301",
    ],
)
def test_a_copy_of_a_rule_is_refused_with_the_rules_own_address(tmp_path: Path, copy: str) -> None:
    (found,) = problems(tmp_path, RULE, f"source: {copy}")
    assert "facts.yml:4" in found and "Write https://www.ecfr.gov/current/title-34/section-300.301" in found


def test_a_copy_of_a_document_is_refused_with_the_documents_address(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "cite: OSEP Memo 11-07 (2011)", "source: https://blog.example.com/memo")
    assert "Write https://www2.ed.gov/memo11-07.pdf" in found


def test_where_the_words_were_read_may_be_a_copy(tmp_path: Path) -> None:
    page = "source: https://www.ecfr.gov/current/title-34/section-300.301"
    assert problems(tmp_path, RULE, page, "read_at: https://github.com/someone/us-code") == []


def test_a_page_of_nobody_official_says_so(tmp_path: Path) -> None:
    rows = ("cite: Practice", "source: https://blog.example.com/")
    (found,) = problems(tmp_path, *rows)
    assert "official" in found
    assert problems(tmp_path, *rows, 'official: "false"') == []


def test_what_nobody_has_read_yet_needs_no_page(tmp_path: Path) -> None:
    assert problems(tmp_path, RULE, "source: knowledge", "confidence: low") == []
