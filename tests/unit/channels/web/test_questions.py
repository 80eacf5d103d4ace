"""The search over all questions."""

from __future__ import annotations

import pytest

from assistant.channels.web.questions import MOST, search, topics
from assistant.knowledge.library import library


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("record the meeting", "ask_meeting_prep/record_it"),
        ("RECORDING MEETINGS", "ask_meeting_prep/record_it"),
        ("consent form", "ask_timeline/consent_form_missing"),
    ],
)
def test_words_find_the_question_among_the_first(words: str, name: str) -> None:
    assert name in [point.name for point in search(library(), words)][:8]


def test_a_word_more_than_any_answer_holds_is_not_the_end() -> None:
    assert search(library(), "record meeting zzzzz") == search(library(), "record meeting")


@pytest.mark.parametrize("words", ["", "   ", "the of and", "zzzzz", "?!"])
def test_nothing_to_find_finds_nothing(words: str) -> None:
    assert search(library(), words) == []


def test_a_search_shows_no_more_than_is_read() -> None:
    assert len(search(library(), "school")) == MOST


def test_each_live_point_is_in_one_topic() -> None:
    listed = [point.name for topic in topics(library()) for point in topic.points]
    assert len(listed) == len(set(listed))
    assert set(listed) == {name for name, point in library().points.items() if point.status == "live"}
