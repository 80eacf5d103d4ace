"""Spanish is known by a small model of our own; the held-out lines of tests/nlu/languages.yml and languages_near.yml measure it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.knowledge.spanish import spanish
from assistant.nlu import language
from assistant.nlu.language import (
    Language,
    know_wordings,
    language_of,
    shared_recogniser,
    wants_spanish,
    words_of,
    words_of_wordings,
)


def _lines(name: str) -> dict[str, list[str]]:
    return yaml.load(
        Path(f"tests/nlu/{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader
    )  # "no" is a word


LINES, NEAR = _lines("languages"), _lines("languages_near")
LEAST = {"spanish": 0.97, "mixed": 0.8, "other": 0.94}
"""Share of lines that have to be right. Measured: 1.00, .83, .94."""


@pytest.mark.parametrize("kind", LEAST)
def test_held_out_lines_are_known(kind: str) -> None:
    found = {line: language_of(line).value for line in LINES[kind]}
    wrong = [f"{line} -> {value}" for line, value in found.items() if value != kind]
    assert len(wrong) <= (1 - LEAST[kind]) * len(found) + 1e-9, "\n".join(wrong)


def test_no_english_line_is_taken_for_spanish() -> None:
    wrong = [line for line in LINES["other"] if language_of(line) is Language.SPANISH]
    assert len(wrong) <= 2, wrong


def test_english_with_words_and_names_of_spanish_is_not_taken_for_spanish() -> None:
    """Measured: 5 of 230 as Spanish (12 before English was learnt from all wordings), 4 as half Spanish (17 before)."""
    found = {line: language_of(line) for line in NEAR["english"]}
    spanish_ones = [line for line, language in found.items() if language is Language.SPANISH]
    assert len(spanish_ones) <= 5, spanish_ones
    assert sum(language is Language.OTHER for language in found.values()) >= 0.95 * len(found)


def test_spanish_with_words_that_english_has_is_spanish() -> None:
    """Measured: 112 of 121 (96 before)."""
    wrong = [line for line in NEAR["spanish"] if language_of(line) is not Language.SPANISH]
    assert len(wrong) <= 9, wrong


def test_both_languages_in_one_line_are_seen() -> None:
    """Measured: 77 of 80."""
    wrong = [line for line in NEAR["mixed"] if language_of(line) is Language.OTHER]
    assert len(wrong) <= 3, wrong


def test_a_place_makes_no_message_spanish() -> None:
    assert not wants_spanish("el paso", "inform", [(0, 7)])
    assert wants_spanish("vivimos en el paso", "inform", [(11, 18)])


@pytest.mark.parametrize(
    "line", ["Maria del Carmen Ortiz", "my son Diego goes to La Mesa", "ask Mrs. De La Cruz"]
)
def test_names_make_no_message_spanish(line: str) -> None:
    assert language_of(line) is Language.OTHER


def test_english_is_learnt_from_the_wordings_too(tmp_path: Path) -> None:
    (tmp_path / "ask_x.yml").write_text("- the para quit\n- our para is new\n", encoding="utf-8")
    found = words_of({"english": ["para"], "spanish": [], "other": []}, words_of_wordings(tmp_path))
    assert found["english"]["para"] == 3


def test_a_loaded_model_brings_the_words_of_its_wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_trained", [])
    line = "el para is here"
    read = shared_recogniser().heard(line)
    know_wordings(words_of_wordings())
    assert shared_recogniser().heard(line) == read
    know_wordings({})
    assert shared_recogniser().heard(line) != read, "the words of the model count"
    shared_recogniser.cache_clear()


def test_the_lines_are_held_out() -> None:
    learnt = {line for lines in spanish().lines.values() for line in lines}
    assert not learnt & {line for lines in (*LINES.values(), *NEAR.values()) for line in lines}
    assert sum(len(lines) for lines in LINES.values()) >= 200
    assert len(NEAR["english"]) >= 200 and len(NEAR["spanish"]) + len(NEAR["mixed"]) >= 200


def test_a_long_message_tells_its_language_by_its_first_letters() -> None:
    half = "tengo miedo de preguntar porque no tengo papeles. can the school report us "
    assert wants_spanish(half, "ask_immigrant")
    assert shared_recogniser().heard(half * 200) == shared_recogniser().heard((half * 200)[:600])
