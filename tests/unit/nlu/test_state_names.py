"""A state is found by its name, letters, cities and own words, and not where those mean something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.packs import load_packs
from assistant.knowledge.source import ContentError
from assistant.nlu.entity_ruler import shared_ruler
from assistant.nlu.state_names import StateNames


def states(text: str) -> list[str]:
    return [found.value for found in shared_ruler().find(text) if found.entity == "state"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("im in CA", "California"),
        ("PA, got a NOREP", "Pennsylvania"),
        ("we live in pa and they sent a norep", "Pennsylvania"),
        ("tx", "Texas"),
        ("MA", "Massachusetts"),
        ("Tulsa, OK", "Oklahoma"),
        ("MA: how long to answer the proposed IEP", "Massachusetts"),
        ("we're in OH", "Ohio"),
        ("my ARD is friday", "Texas"),
        ("the FIE is late", "Texas"),
        ("CSE said no", "New York"),
        ("the PPT is on friday", "Connecticut"),
        ("our ppt meeting", "Connecticut"),
        ("i disagree with the NOREP", "Pennsylvania"),
        ("a letter to the child study team", "New Jersey"),
        ("her EC teacher", "North Carolina"),
        ("we live in austin", "Texas"),
        ("Houston ISD ignores me", "Texas"),
        ("LAUSD ignores me", "California"),
        ("nyc", "New York"),
        ("houston", "Texas"),
        ("Lafayette, LA", "Louisiana"),
        ("we are in OK", "Oklahoma"),
        ("Salem, OR", "Oregon"),
        ("Austin.", "Texas"),
        ("austin tx", "Texas"),
        ("Charlotte, NC", "North Carolina"),
        ("orlando florida", "Florida"),
        ("bronx ny", "New York"),
        ("NJ", "New Jersey"),
        ("ohio", "Ohio"),
        ("We are in St. Louis", "Missouri"),
        ("new jersey, the CST", "New Jersey"),
        ("our ETR meeting", "Ohio"),
        ("the SELPA said", "California"),
        ("i live in wake county", "North Carolina"),
        ("fairfax said 65 days", "Virginia"),
        ("miami-dade", "Florida"),
        ("puerto rico", "Puerto Rico"),
        ("kansas city mo schools", "Missouri"),
        ("Kansas City, KS", "Kansas"),
        ("we are in Kansas", "Kansas"),
        ("Washington DC", "District of Columbia"),
        ("west virginia", "West Virginia"),
        ("moved from Texas to Ohio in june", "Ohio"),
        ("TX. the school in Dallas", "Texas"),
    ],
)
def test_a_state_is_understood(text: str, state: str) -> None:
    assert set(states(text)) == {state}


@pytest.mark.parametrize(
    "text",
    [
        "OK thanks",
        "HI there",
        "Yes, OK",
        "OK: my son has a 504",
        "Hello, ME too",
        "OR should i wait",
        "tell ME now",
        "oh",
        "ok",
        "me",
        "in LA",
        "at 3pm CST",
        "the MD wrote a note",
        "her CT scan",
        "what is PR",
        "my son Austin has ADHD",
        "Charlotte is in 3rd grade",
        "my daughter Georgia",
        "my daughter Virginia has a 504",
        "George Washington school",
        "Lincoln and washington elementary",
        "we moved here from Texas where it was 45 school days",
        "is it ARD, CSE or PPT",
        "a powerpoint",
        "cup of tea",
        "THE PPT AND THE FIE",
        "we live in kansas city",
        "Delaware County, 2nd grade",
    ],
)
def test_other_words_name_no_state(text: str) -> None:
    assert states(text) == []


@pytest.mark.parametrize("state", sorted(pack.state for pack in load_packs().values()))
def test_each_state_is_understood_by_its_name(state: str) -> None:
    assert states(f"i live in {state.lower()}") == [state]


def test_a_slip_in_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "state_names.yml"
    path.write_text("TX: {towns: [Dallas]}\n")
    with pytest.raises(ContentError, match="TX"):
        StateNames(path)
