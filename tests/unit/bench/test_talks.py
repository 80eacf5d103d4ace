"""Talks are read from their file; a line that is none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.talks import HELD_OUT, Turn, talks

KNOWN = "ask_aide/taken_away"


def test_a_talk_ends_at_an_empty_line_and_unknown_points_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "talks.tsv"
    path.write_text(
        f"# for people\nthey take the aide\t{KNOWN} ask_aide/gone_long_ago\nthanks\t-\n\nmoved\tnone # where to\n"
    )
    assert talks(path) == [[Turn("they take the aide", (KNOWN,)), Turn("thanks", ())], [Turn("moved", ())]]


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.tsv"
    path.write_text("they take the aide\n")
    with pytest.raises(ValueError, match=r"talks\.tsv, line 1"):
        talks(path)


def test_the_held_out_talks_are_read_whole() -> None:
    found = talks(HELD_OUT)
    assert len(found) == 45
    assert sum(bool(turn.points) for talk in found for turn in talk) > 250
