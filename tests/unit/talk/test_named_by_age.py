from __future__ import annotations

from assistant.talk.turn import Named
from tests.unit.talk.test_children import children


def test_two_children_are_told_apart_by_their_ages() -> None:
    text = "my 4 year old has speech delay and my 9 year old has an iep for dyslexia"
    speech = Named("condition", "speech_language", text.index("speech"), text.index("speech") + 12)
    reading = Named("condition", "dyslexia", text.index("dyslexia"), len(text))
    told_of = children(text, (), speech, reading)
    assert [(child.name, child.held, child.condition, child.ages) for child in told_of] == [
        ("9 year old", "iep", "dyslexia", (9, 9)),
        ("4 year old", None, "speech_language", (4, 4)),
    ]
    assert children("who tests the little one", told_of)[0].name == "4 year old"
    assert children("and the older one", told_of)[0].name == "9 year old"
    assert children("what about my 4 year old", told_of)[0].name == "4 year old"


def test_one_child_keeps_its_name_beside_its_age() -> None:
    told_of = children("my son is on an iep")
    assert children("my 7 year old hates it", told_of)[0].name == "son"
