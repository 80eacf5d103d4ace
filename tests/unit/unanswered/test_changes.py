from __future__ import annotations

import shutil

import pytest
import yaml

from assistant.replay.reader import read_stories
from assistant.settings import TOP
from assistant.unanswered.changes import (
    FEWEST_PUBLISHED,
    STORIES,
    NotChanged,
    add_point,
    add_wording,
    wording,
)

POINT = "ask_placement/who_decides"


@pytest.fixture
def top(tmp_path):
    for part in (
        "data/nlu/ask_placement.yml",
        "tests/nlu/ask_placement.yml",
        "content/en/answers/ask_placement/topic.yml",
    ):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / part, tmp_path / part)
    return tmp_path


def wordings(top, name: str) -> list[str]:
    data = yaml.safe_load((top / "data/nlu/ask_placement.yml").read_text())
    block = next(one for one in data["nlu"] if one["intent"] == name)
    return [line.removeprefix("- ") for line in block["examples"].splitlines()]


def test_one_step_writes_line_held_out_line_and_story(top) -> None:
    before = wordings(top, POINT)
    new = wording(
        POINT, [], 1, "who has the last word on the room", 'is it "the principal" who picks his class'
    )
    add_wording(new, top)
    assert wordings(top, POINT) == [*before, "who has the last word on the room"]
    held_out = yaml.safe_load((top / "tests/nlu/ask_placement.yml").read_text())
    assert held_out[-1] == {"text": 'is it "the principal" who picks his class', "point": POINT}
    story = yaml.safe_load((top / STORIES).read_text())["test_cases"][0]
    assert story["steps"][0]["user"] == 'is it "the principal" who picks his class'
    assert story["steps"][0]["assertions"] == [{"answer": {"point": POINT}}]


def test_the_story_is_one_that_the_replay_reads(top) -> None:
    add_wording(wording(POINT, [], 1, "who has the last word on the room", "who picks the room then"), top)
    assert len(list(read_stories(top / STORIES))) == 1


def test_parents_own_words_are_written_only_where_five_asked_alike() -> None:
    with pytest.raises(NotChanged, match="--line and --held-out"):
        wording(POINT, ["one", "two"], FEWEST_PUBLISHED - 1)
    new = wording(POINT, ["one", "two"], FEWEST_PUBLISHED)
    assert (new.line, new.held_out) == ("one", "two")


def test_what_is_trained_on_is_not_measured_with() -> None:
    with pytest.raises(NotChanged, match="the same"):
        wording(POINT, [], 1, "who decides", "Who decides")


def test_a_line_that_is_there_and_a_point_that_is_not_are_refused(top) -> None:
    there = wordings(top, POINT)[0]
    with pytest.raises(NotChanged, match="already"):
        add_wording(wording(POINT, [], 1, there, "who picks the room then"), top)
    with pytest.raises(NotChanged, match="no wordings"):
        add_wording(wording("ask_placement/nowhere", [], 1, "a b c", "d e f"), top)


def test_a_new_point_is_begun_as_a_draft_with_its_first_wordings(top) -> None:
    add_point("ask_placement/who_pays_the_move", ["who pays if we move class"], top)
    made = (top / "content/en/answers/ask_placement/who_pays_the_move.yml").read_text()
    assert "status: draft" in made
    assert wordings(top, "ask_placement/who_pays_the_move")[-1] == "who pays if we move class"
