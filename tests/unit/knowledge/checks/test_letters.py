from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.knowledge.checks import letters
from assistant.knowledge.letters import LETTERS, digest, load_letters
from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError, read

TODAY = date(2026, 11, 30)


def found(path: Path) -> list[str]:
    known = library()
    packs = list(known.packs.values())
    return [
        str(one)
        for one in letters.find(read(path), known.letter_parts, known.facts, known.contacts, packs, TODAY)
    ]


def changed(tmp_path: Path, **changes: object) -> Path:
    data = yaml.load((LETTERS / "meeting.yml").read_text(), yaml.BaseLoader) | changes
    data["approved"] = {**data["approved"], "digest": digest(data)}
    (tmp_path / "letters").mkdir(exist_ok=True)
    path = tmp_path / "letters" / "meeting.yml"
    path.write_text(yaml.safe_dump(data))
    return path


def test_the_letters_that_are_there_have_nothing_wrong() -> None:
    assert not [one for path in sorted(LETTERS.glob("*.yml")) for one in found(path)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"body": {"either": "I told the principal that this is a long and sad story about school.\n\nBye."}}, "asserts"),
        ({"body": {"either": "Please answer me, {nobody}, for I would like to know what you think."}}, "no blank nobody"),
        ({"to": {"either": "mayor"}}, "no role mayor"),
        ({"law": {"either": ["no_such_fact"]}}, "no no_such_fact"),
        ({"asks": ["topics", "times", "way", "language", "plan"]}, "too long"),
        ({"asks": ["school"]}, "no `ask`"),
        ({"clock": {"either": "A clock.", "states": ["moon"]}}, "no state's pack has moon"),
        (
            {"body": {"either": "Notwithstanding aforementioned considerations, accommodations necessitate "
                      "comprehensive multidisciplinary reconsideration immediately {topics}."}},
            "reading grade",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named(tmp_path: Path, changes: dict[str, object], problem: str) -> None:
    assert any(problem in one for one in found(changed(tmp_path, **changes)))


def test_words_that_changed_have_to_be_read_again(tmp_path: Path) -> None:
    path = changed(tmp_path)
    path.write_text(path.read_text().replace("expect: ", "expect: Well. "))
    assert any("make approve id=letters/meeting" in one for one in found(path))


def test_a_broken_letter_stops_the_start(tmp_path: Path) -> None:
    known = library()
    path = changed(tmp_path, kind="poem")
    with pytest.raises(ContentError, match=r"kind: 'poem'"):
        load_letters(known.facts, known.letter_parts, path.parent)
