from __future__ import annotations

import pytest

from assistant.nlu.entity_ruler import grades
from assistant.talk.ages import Ages, told_ages
from assistant.talk.turn import Named, Turn


def ages(text: str) -> Ages | None:
    named = tuple(Named("grade", one.value, one.start, one.end) for one in grades(text))
    return told_ages(Turn(text, "inform", entities=named))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My 4 year old barely talks", (4, 4)),
        ("my 9 yr old will be expelled", (9, 9)),
        ("my 5-year-old has an iep", (5, 5)),
        ("my 7yo has adhd", (7, 7)),
        ("hes 5, anaphylactic. no iep", (5, 5)),
        ("he is 6, autistic, iep", (6, 6)),
        ("she's 4 and in day care", (4, 4)),
        ("she is only 3", (3, 3)),
        ("my daughter (10, down syndrome) has an iep", (10, 10)),
        ("my son, 9, has adhd", (9, 9)),
        ("my son is 12 and failing", (12, 12)),
        ("my son turns 3 on january 9th", (2, 3)),
        ("she will be 18 in march", (17, 18)),
        ("he's turning 3 next month", (2, 3)),
        ("he just turned 18", (18, 18)),
        ("my 18 month old doesn't walk", (1, 1)),
        ("my 30 months old says no word", (2, 2)),
        ("our toddler says five words", (1, 2)),
        ("my preschooler bites", (2, 5)),
        ("come pick up my kindergartner with an IEP", (4, 6)),
        ("my 2nd grader has an iep", (7, 9)),
        ("he is in 10th grade", (15, 17)),
        ("im 17 and have an iep", (17, 17)),
        ("my daughter is in high school", (13, 18)),
    ],
)
def test_an_age_that_is_told(text: str, expected: Ages) -> None:
    assert ages(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "he has had an iep since 2nd grade",
        "they said wait until kindergarten",
        "wait till third grade they say",
        "he is 3 years behind in reading",
        "she's 10 points below",
        "he is 2 grade levels behind",
        "who signs when he turns 18",
        "what happens after she turns 22",
        "who signs it when shes 18",
        "what if he is not ready by the time he's 5",
        "he's 1 of 30 kids",
        "he had that in preschool",
        "it is 45 days",
        "he was suspended 3 times in 2 years",
        "my 4 year old and my 10 year old both have ieps",
        "my son 504 meeting is at 8:15",
        "he's 4th in line",
        "i am 100 percent sure",
        "another 5th grader hits him",
        "she reads at a 2nd grade level",
    ],
)
def test_what_tells_no_age_of_the_child(text: str) -> None:
    assert ages(text) is None


def test_a_button_tells_none() -> None:
    assert told_ages(Turn('/inform{"plan": "504"}', "inform")) is None
