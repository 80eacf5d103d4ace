"""Names of people and schools, in English and Spanish."""

from __future__ import annotations

import pytest

from assistant.privacy.people import known_names, names_and_schools


def found(text: str) -> set[tuple[str, str]]:
    return {(one.kind, text[one.start : one.end]) for one in names_and_schools(text) if one.start < one.end}


def test_a_name_that_something_led_to_is_found_wherever_it_stands() -> None:
    text = "my daughter kyrielle is 9 and Kyrielle hates math"
    assert found(text) == {("name", "kyrielle"), ("name", "Kyrielle")}


def test_names_that_are_counted_up_are_all_found() -> None:
    assert {name for _, name in found("my kids Aoife, Saoirse and Niamh go there")} == {
        "Aoife",
        "Saoirse",
        "Niamh",
    }


def test_of_a_school_only_the_name_is_taken_so_that_its_kind_stays() -> None:
    assert found("at Hollins Ridge Middle School they say no") == {("school", "Hollins Ridge")}
    assert found("at St. Ignatius Catholic School") == {("school", "St. Ignatius")}


@pytest.mark.parametrize(
    "text",
    ["Is Middle School worse", "Douglas County School District", "Public High School", "our New School"],
)
def test_a_kind_of_school_is_no_school(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "we live in fort wayne",
        "Kansas City",
        "St. Paul says no",
        "im in saint louis, what now",
        "North Carolina",
    ],
)
def test_a_place_that_we_know_is_nobody(text: str) -> None:
    assert found(text) == set()


def test_a_city_named_like_the_child_stays() -> None:
    text = "my son jose is in san jose"
    assert found(text) == {("name", "jose")}
    assert [one.start for one in names_and_schools(text)] == [7, 7, 7]


def test_the_first_name_is_found_where_the_whole_is_known() -> None:
    assert [one.start for one in known_names("ask for Wren", ["Wren Lee"])] == [8]
