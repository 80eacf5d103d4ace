"""The map of the states shows each fact's confidence and age, in color, by a letter and by a tooltip."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from assistant.knowledge.states_map import Cell, cells, figures, page, picture

TODAY = date(2026, 11, 30)
SVG = "{http://www.w3.org/2000/svg}"


def packs(folder: Path) -> Path:
    (folder / "TX.yml").write_text(
        "state: Texas\nabbr: TX\nrecording: {says: You may., confidence: high, read: 2026-11-29}\n"
        "parent_center:\n- {says: One., confidence: low, read: null}\n- {says: Two., confidence: medium, read: 2026-01-05}\n",
        encoding="utf-8",
    )
    (folder / "OH.yml").write_text(
        "state: Ohio\nabbr: OH\nrecording: {says: Ask., confidence: low, read: 2025-01-05}\n",
        encoding="utf-8",
    )
    return folder


def test_of_several_rows_the_surest_counts(tmp_path: Path) -> None:
    assert set(cells(packs(tmp_path))) == {
        Cell("recording", "TX", "high", date(2026, 11, 29)),
        Cell("parent_center", "TX", "medium", date(2026, 1, 5)),
        Cell("recording", "OH", "low", date(2025, 1, 5)),
    }


def test_age_is_told_from_the_day_of_reading() -> None:
    days = (date(2026, 11, 29), date(2026, 1, 5), date(2025, 1, 5), None)
    ages = [Cell("recording", "TX", "high", day).age(TODAY) for day in days]
    assert ages == ["fresh", "aging", "overdue", "unread"]


def test_figures_count_states_by_confidence(tmp_path: Path) -> None:
    counts = figures(cells(packs(tmp_path)))
    assert counts["recording"] == {"high": 1, "low": 1}
    assert counts["parent_center"] == {"medium": 1}


def test_the_picture_is_xml_with_a_cell_a_field_and_state(tmp_path: Path) -> None:
    drawn = ElementTree.fromstring(picture(cells(packs(tmp_path)), TODAY))
    told = [title.text for title in drawn.iter(f"{SVG}title")][1:]
    assert "TX recording: high, read 2026-11-29" in told
    assert "OH recording: low, read 2025-01-05" in told
    letters = [text.text for text in drawn.iter(f"{SVG}text")]
    assert {"H", "M·", "Lx"} <= set(letters)  # color alone tells nothing to who cannot see it


def test_the_page_has_the_picture_and_a_row_a_field(tmp_path: Path) -> None:
    written = page(cells(packs(tmp_path)), TODAY)
    assert "<svg" in written
    assert (
        "<th scope=row>recording</th><td>1</td><td>0</td><td>1</td><td>0</td><td>1</td><td>2025-01-05</td>"
        in written
    )


def test_all_packs_are_on_the_map() -> None:
    assert len({cell.state for cell in cells()}) == 52
