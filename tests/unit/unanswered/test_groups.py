from __future__ import annotations

from datetime import datetime

import numpy as np

from assistant.unanswered.groups import grouped
from assistant.unanswered.page import page
from assistant.unanswered.store import Row

DAY = datetime(2026, 11, 30)


def row(number: int, text: str | None, *near: str, why: str = "no_answer") -> Row:
    return Row(number, why, near, "ask_bus", "", "iep", "", "web", "m c", text, "new", DAY)


def encode(texts):
    """A vector by the first word: what begins alike is alike."""
    words = sorted({text.split()[0] for text in texts})
    return np.eye(len(words))[[words.index(text.split()[0]) for text in texts]]


def test_alike_rows_stand_together_the_largest_group_first() -> None:
    rows = [
        row(1, "gym class he sits out", "ask_pe/sits_out", "ask_pe/grade"),
        row(2, "bus comes late", "ask_bus/late", "ask_bus/no_bus"),
        row(3, "bus is an hour late", "ask_bus/late", "ask_bus/driver"),
        row(4, None, "ask_bus/late", "ask_bus/no_bus"),
    ]
    first, second = grouped(rows, encode)
    assert [one.number for one in first.rows] == [2, 3, 4]
    assert first.near[0] == "ask_bus/late"
    assert first.texts == ["bus comes late", "bus is an hour late"]
    assert [one.number for one in second.rows] == [1]


def test_rows_without_words_are_grouped_by_the_nearest_points_alone() -> None:
    groups = grouped(
        [row(1, None, "ask_bus/late"), row(2, None, "ask_bus/late"), row(3, None, "ask_pe/grade")], encode
    )
    assert [len(group.rows) for group in groups] == [2, 1]


def test_no_rows_and_one_row_need_no_encoder() -> None:
    assert grouped([], encode) == []
    assert [group.id for group in grouped([row(7, "x", "ask_bus/late")], encode)] == [7]


def test_the_page_shows_words_as_words_and_names_the_next_step() -> None:
    made = page(
        grouped([row(7, "<script>alert(1)</script>", "ask_bus/late", why="not_it")], encode), DAY.date()
    )
    assert "<script>" not in made
    assert "make unanswered ARGS=&quot;wording 7 ask_bus/late&quot;" in made
    assert "“that&#x27;s not what I asked”" in made
