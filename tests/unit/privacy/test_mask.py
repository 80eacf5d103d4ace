"""What is taken out of a parent's words, and what never is."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
import yaml

from assistant.privacy.mask import MaskedFormatter, masked
from assistant.settings import TOP

HERE = Path(__file__).parent
LINES = yaml.safe_load((HERE / "privacy_lines.yml").read_text(encoding="utf-8"))
PLANTED = yaml.safe_load((HERE / "planted.yml").read_text(encoding="utf-8"))
LEAST_FOUND, MOST_FALSE = 0.95, 0.01
WORDINGS = sorted(TOP.glob("tests/nlu/ask_*.yml"))


def test_the_table_has_240_lines() -> None:
    assert len(LINES["plan_talk"]) + len(LINES["personal"]) >= 240


def test_nearly_all_that_parents_give_away_is_found() -> None:
    left = [(line, piece) for line, piece in PLANTED if piece in masked(line)]
    assert len(left) <= (1 - LEAST_FOUND) * len(PLANTED), left


def test_hardly_a_question_loses_a_word() -> None:
    lines = [
        line.partition("- ")[2]
        for file in WORDINGS
        for line in file.read_text(encoding="utf-8").splitlines()[::3]
        if line.lstrip().startswith("- ")
    ]
    changed = [line for line in lines if masked(line) != line]
    assert len(lines) > 1000
    assert len(changed) <= MOST_FALSE * len(lines), changed


@pytest.mark.parametrize("line", LINES["plan_talk"])
def test_plan_talk_is_never_masked(line: str) -> None:
    assert masked(line) == line


@pytest.mark.parametrize(("line", "left"), LINES["personal"])
def test_personal_data_is_masked(line: str, left: str) -> None:
    assert masked(line) == left


@pytest.mark.parametrize(("line", "left"), LINES["personal"])
def test_masking_twice_changes_nothing_more(line: str, left: str) -> None:
    assert masked(left) == left


def test_a_name_that_the_talk_knows_is_masked_in_any_case_of_letters() -> None:
    assert (
        masked("ask for wren tomorrow, WREN has time", ["Wren Lee"])
        == "ask for [name] tomorrow, [name] has time"
    )


def test_a_log_line_holds_no_personal_data_even_in_its_traceback() -> None:
    try:
        raise ValueError("no such address: dana@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "x.py", 1, "call %s", ("206-555-0142",), (type(error), error, None)
        )
    line = MaskedFormatter("%(message)s").format(record)
    assert "dana@" not in line
    assert "0142" not in line
    assert "[email]" in line


@pytest.mark.parametrize(
    "letters",
    ["a", "1", "A b ", "a@", "1-", "(", "Jaden ", "my son ", "12 oak ", "five ", "a dot ", "a @ b . "],
)
def test_the_longest_message_is_read_at_once(letters: str) -> None:
    began = time.perf_counter()
    masked((letters * 2000)[:2000])
    assert time.perf_counter() - began < 0.5
