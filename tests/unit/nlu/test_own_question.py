from __future__ import annotations

from assistant.nlu.own_question import BESIDE_A_PAGE, IN_A_STORY, own_question

PAGE = "\n".join(
    ["ANNUAL GOALS"] + ["Goal 1: the student will read ninety words per minute with few errors."] * 6
)


def test_the_question_below_above_and_inside_a_page_is_found() -> None:
    asks = "can he still get suspended"
    for text in (f"{PAGE}\n\n{asks}", f"{asks}\n\n{PAGE}", PAGE.replace("\n", f"\n{asks}\n", 1)):
        found = own_question(text)
        assert found and (found.text, found.whole) == (asks, BESIDE_A_PAGE)


def test_the_sentence_that_asks_counts_in_a_long_story() -> None:
    story = "He was born early and we had a very long road with him. " * 6
    found = own_question(f"{story}can i get his therapy back?")
    assert found and (found.text, found.whole) == ("can i get his therapy back?", IN_A_STORY)


def test_short_messages_and_pages_without_a_question_are_read_as_they_are() -> None:
    assert own_question("he has an iep\n\ncan they suspend him") is None
    assert own_question(PAGE) is None
