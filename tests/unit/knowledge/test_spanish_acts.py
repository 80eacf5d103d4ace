"""The acts in Spanish: each has lines of its own; what a form asks and says has its Spanish twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError, read
from assistant.knowledge.spanish_acts import read_spanish_acts, spanish_acts


@pytest.mark.parametrize(
    ("acts", "wrong"),
    [
        ("no: {english: 'no', intent: deny, hears: []}", "write the lines"),
        (
            "a: {english: 'x', intent: deny, hears: [ya]}\n  b: {english: 'y', intent: deny, hears: [ya]}",
            "also a",
        ),
    ],
)
def test_an_act_without_a_line_of_its_own_is_refused(tmp_path: Path, acts: str, wrong: str) -> None:
    path = tmp_path / "acts.yml"
    path.write_text(f"acts:\n  {acts}\nsays: {{}}\nabout_call: {{}}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=wrong):
        read_spanish_acts(read(path))


def test_each_question_about_the_call_has_its_answer_in_spanish() -> None:
    kinds = library().answers["ask_human"].follow_ups.keys()
    assert kinds <= spanish_acts().about_call.keys()
    assert "{" not in "".join(spanish_acts().about_call.values())
