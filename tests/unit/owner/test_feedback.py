from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from assistant.owner.feedback import main
from assistant.settings import Settings, read_settings
from assistant.store.feedback import Feedback

DAY = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def thumbs(tmp_path, monkeypatch):
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    store = Feedback(Settings(data=tmp_path).talks_url, read_settings().secrets)
    for number, (intent, helpful, reason, day) in enumerate(
        (
            ("ask_cost", True, "", 20),
            ("ask_timeline", False, "my state is Ohio, call me at 206-555-0142", 20),
            ("ask_timeline", False, "", 21),
            ("ask_timeline", True, "", 22),
            ("ask_cost", False, "=1+1", 25),
        )
    ):
        store.keep(f"talk{number}", "reply", intent, "iep", helpful, reason, DAY.replace(day=day))
    return tmp_path


def test_the_answer_with_most_thumbs_down_comes_first_with_its_reasons(thumbs, capsys) -> None:
    main([])
    said = capsys.readouterr().out
    assert said.index("2   1  ask_timeline (iep)") < said.index("1   1  ask_cost (iep)")
    assert "my state is Ohio" in said
    assert "0142" not in said


def test_only_what_was_said_since_a_day(thumbs, capsys) -> None:
    main(["--since", "2026-11-25"])
    said = capsys.readouterr().out
    assert "ask_timeline" not in said
    assert "1   0  ask_cost (iep)" in said


def test_a_table_for_a_spreadsheet_runs_nothing(thumbs, capsys) -> None:
    path = thumbs / "thumbs.csv"
    main(["--csv", str(path)])
    table = list(csv.DictReader(StringIO(path.read_text())))
    assert [(row["answer"], row["down"], row["up"]) for row in table] == [
        ("ask_timeline", "2", "1"),
        ("ask_cost", "1", "1"),
    ]
    assert table[1]["reasons"] == "'=1+1"
    assert path.stat().st_mode & 0o077 == 0


def test_without_thumbs_it_says_so(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    main([])
    assert capsys.readouterr().out == "No thumbs in this time.\n"


def test_a_folder_that_is_not_there_is_one_sentence(thumbs) -> None:
    with pytest.raises(SystemExit, match="can't be shown"):
        main(["--csv", str(thumbs / "nowhere" / "thumbs.csv")])
