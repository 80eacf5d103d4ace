"""Danger is answered by its fixed words in every state of a talk, and the talk returns when the parent wants."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import yaml

from assistant.settings import TOP
from tests.http.world import Parent

FIXED = yaml.safe_load((TOP / "content" / "en" / "crisis.yml").read_text(encoding="utf-8"))["text"].strip()
DANGER = "my son says he wants to kill himself"

STATES = {
    "at once": [],
    "after a question": ["what is an iep"],
    "where the name is asked": ["book a call"],
    "where the address is asked": ["book a call", "Wren"],
    "where the time is asked": ["book a call", "Wren", "wren@example.org"],
    "where the yes is asked": ["book a call", "Wren", "wren@example.org", "#"],
    "after a booking": ["book a call", "Wren", "wren@example.org", "#", "yes"],
    "where deleting is asked": ["what happens to what i write here", "#"],
    "after being lost": ["asdf qwer", "zxcv"],
}


@pytest.mark.parametrize("state", STATES)
def test_danger_is_answered_in_every_state(new_parent: Callable[..., Parent], state: str) -> None:
    parent = new_parent()
    for said in STATES[state]:
        parent.presses("") if said == "#" else parent.says(said)
    parent.says(DANGER)
    assert parent.outcomes() == ["crisis"], parent.words()
    assert parent.words() == FIXED
    assert all(f"](tel:{number})" in parent.words() for number in ("988", "911", "18004224453"))
    assert not [button for reply in parent.replies for button in reply["buttons"]]  # nothing is sold
    parent.says("ok thanks")
    assert "book" not in parent.words().lower()
    parent.says("what is a 504 plan")  # back, as the parent asked
    assert "answered" in parent.outcomes()
    assert "free call" not in parent.words()


@pytest.mark.parametrize(
    "space",
    ["\u00a0", "\u202f", "\u2009", "\u3000", "\u2028", "\t", "\v", "\r"],
    ids=lambda space: f"U+{ord(space):04X}",
)
def test_danger_is_answered_in_whatever_spaces_it_was_pasted(
    new_parent: Callable[..., Parent], space: str
) -> None:
    parent = new_parent()
    parent.says("I want to kill myself".replace(" ", space))
    assert parent.outcomes() == ["crisis"]
    parent.says("what is a 504 plan".replace(" ", space))
    assert parent.outcomes()[0] == "answered"


def test_the_parents_own_signs_stay_and_half_a_sign_goes(parent: Parent) -> None:
    body = json.dumps({"id": "12345678", "text": "can’t they – really – “wait”\ud83d?"})
    sent = parent.http.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})
    assert sent.status_code == 200
    said = parent.http.get("/v1/messages").json()["messages"]
    assert [one["text"] for one in said if one["from"] == "parent"] == ["can’t they – really – “wait”?"]
