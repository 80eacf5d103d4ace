from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.checks import unread
from assistant.settings import TOP


def found(top: Path, text: str) -> list[tuple[int, str]]:
    (top / "data" / "nlu").mkdir(parents=True)
    (top / "data" / "nlu" / "more.yml").write_text(text)
    return [(finding.line, finding.problem) for finding in unread.find(top)]


@pytest.mark.parametrize(
    ("entry", "line", "named"),
    [
        ("  - synonym: 504\n    examples: |\n      - blue folder\n", 2, "`synonym` is not read"),
        ("  - regex: zip\n    examples: |\n      - \\d{5}\n", 2, "`regex` is not read"),
        ("  - lookup: district\n    examples: |\n      - Elm\n", 2, "`lookup` is not read"),
        ("  - intent: ask_cost\n    examples: |\n      - what is it\n      - is a [504](plan) free\n", 5, "'[504](plan)'"),
        ("  - intent: ask_cost\n    examples: |\n      - is a [504]{\"entity\": \"plan\"} free\n", 4, "'[504]{\"'"),
        ("  - intent: ask_cost\n    examples:\n      - text: is a [504](plan) free\n", 4, "'[504](plan)'"),
    ],
)  # fmt: skip
def test_what_would_do_nothing_is_said_with_its_line(
    tmp_path: Path, entry: str, line: int, named: str
) -> None:
    ((at, problem),) = found(tmp_path, f"nlu:\n{entry}")
    assert at == line and named in problem and "content/" in problem


def test_each_kind_is_said_once_a_file(tmp_path: Path) -> None:
    entry = "  - synonym: 504\n    examples: |\n      - blue folder\n"
    assert len(found(tmp_path, f"nlu:\n{entry}{entry}")) == 1


def test_plain_wordings_with_brackets_and_links_are_fine(tmp_path: Path) -> None:
    text = "  - intent: ask_cost\n    examples: |\n      - [he] pays (not me)\n      - see [this](https://a.org/x)\n"
    assert found(tmp_path, f"nlu:\n{text}") == []


def test_our_own_data_has_none() -> None:
    assert list(unread.find(TOP)) == []
