from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.knowledge.checks import points
from assistant.knowledge.library import library
from assistant.knowledge.points import Point


@pytest.fixture
def point() -> Point:
    return next(one for one in library().points.values() if one.status != "draft")


def unreached(
    known: dict[str, Point], wordings: dict[str, int], tmp_path: Path
) -> list[tuple[str, int, str]]:
    places = {name: (tmp_path / "data" / "nlu" / "extra.yml", 17) for name in wordings}
    files = {name: tmp_path / "point.yml" for name in known}
    found = points.find_unreached(known, wordings, files, places)
    return [(finding.path.name, finding.line, finding.problem) for finding in found]


def test_a_point_with_too_few_wordings_is_found(point: Point, tmp_path: Path) -> None:
    enough = {point.name: points.FEWEST_WORDINGS}
    assert unreached({point.name: point}, enough, tmp_path) == []
    for wordings in ({point.name: 2}, {}):
        ((file, line, problem),) = unreached({point.name: point}, wordings, tmp_path)
        assert (file, line) == ("point.yml", 1)
        assert f"has {wordings.get(point.name, 0)} wordings of it" in problem
    draft = replace(point, status="draft")
    assert unreached({point.name: draft}, {}, tmp_path) == []


def test_wordings_of_a_point_that_is_not_there_are_found_where_they_stand(tmp_path: Path) -> None:
    (found,) = unreached({}, {"ask_cost/who_payz": 12, "ask_cost": 40, "write_letter/meeting": 40}, tmp_path)
    assert found[:2] == ("extra.yml", 17) and "there is no point ask_cost/who_payz" in found[2]
