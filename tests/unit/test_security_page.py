"""docs/run/security.md goes through ASVS line by line, and each test that it names exists."""

from __future__ import annotations

import re

from assistant.settings import TOP

PAGE = (TOP / "docs/run/security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)


def test_every_chapter_is_there_and_each_requirement_stands_once() -> None:
    numbers = [number for number, *_ in ROWS]
    assert len(numbers) == len(set(numbers)) > 250
    assert {number.partition(".")[0] for number in numbers} == {str(chapter) for chapter in range(1, 15)}


def test_each_test_that_is_named_exists() -> None:
    named = [(number, *test.strip("`").split("::")) for number, *_, test in ROWS if "::" in test]
    assert len(named) >= 125
    for number, path, function in named:
        code = (TOP / "tests" / path).read_text(encoding="utf-8")
        assert re.search(rf"def {function}\(", code), (number, path, function)


def test_a_row_without_a_test_says_so() -> None:
    for number, _, here, test in ROWS:
        if "::" not in test:
            assert test == ("-" if here.startswith("does not apply: ") else "no test"), number


def test_the_figures_above_the_table_are_right() -> None:
    said = [int(one) for one in re.findall(r"(\d+) (?:in all|have|do not apply)", PAGE)]
    tests = [test for *_, test in ROWS]
    held = sum("::" in test for test in tests)
    assert said == [len(ROWS), held, tests.count("no test"), tests.count("-")]
