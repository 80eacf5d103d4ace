from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError
from assistant.knowledge.suggestions import load_suggestions

LISTS = "first: [ask_cost]\nplain_page: [ask_cost]\nslack_home: [ask_cost]\nconditions: [adhd]\nstates: [Texas]\nterms: [FAPE]\n"


def read(folder: Path, text: str) -> object:
    path = folder / "suggestions.yml"
    path.write_text(text)
    return load_suggestions({"ask_cost"}, {"adhd"}, {"Texas"}, {"FAPE"}, path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("first: [ask_cost]", "first: [ask_costs]", r"suggestions\.yml:1: there is no ask_costs"),
        ("conditions: [adhd]", "conditions: [ADHD]", r"suggestions\.yml:4: there is no ADHD"),
        ("terms: [FAPE]\n", "", r"terms: the lists are"),
        ("terms", "words", r"terms, words: the lists are"),
    ],
)
def test_what_leads_nowhere_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read(tmp_path, LISTS.replace(old, new))


def test_the_order_is_kept(tmp_path: Path) -> None:
    assert read(tmp_path, LISTS).terms == ("FAPE",)  # type: ignore[attr-defined]


def test_slacks_home_has_no_more_buttons_than_it_shows() -> None:
    assert len(library().suggestions.slack_home) <= 24, "25 fit, and one books a call"
