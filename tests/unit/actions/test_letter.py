"""Which letter a wish means, and that what is kept of it is sealed."""

from __future__ import annotations

from actions.letter import keep, letter_meant
from assistant.talk.letters import Draft
from assistant.talk.turn import Memory, Named, Turn


def wish(*points: tuple[str, float]) -> Turn:
    return Turn("write it", "write_letter", points=points)


def test_the_likeliest_letter_is_meant_where_one_stands_out() -> None:
    assert (
        letter_meant(wish(("write_letter/records", 0.8), ("write_letter/meeting", 0.2)), Memory())[0]
        == "records"
    )


def test_where_none_stands_out_those_that_come_near_are_offered() -> None:
    turn = wish(
        ("write_letter", 0.4),
        ("write_letter/records", 0.35),
        ("write_letter/meeting", 0.2),
        ("write_letter/refusal", 0.05),
    )
    assert letter_meant(turn, Memory()) == (None, ["records", "meeting"])


def test_no_letter_named_means_that_of_the_point_told_last() -> None:
    memory = Memory(told=["ask_records/how_to_ask@either"])
    assert letter_meant(wish(("write_letter", 0.9)), memory)[0] == "records"


def test_a_button_names_its_letter() -> None:
    turn = Turn(
        '/write_letter{"letter": "bullying"}', "write_letter", entities=(Named("letter", "bullying"),)
    )
    assert letter_meant(turn, Memory())[0] == "bullying"


def test_points_of_other_topics_are_no_letters() -> None:
    assert letter_meant(wish(("ask_records/how_to_ask", 0.9)), Memory()) == (None, [])


def test_what_is_kept_says_nothing() -> None:
    assert "Zebulon" not in keep(Draft("records", "iep", {"child": "Zebulon"}))
