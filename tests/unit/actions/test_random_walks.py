"""Parents who say anything at any time: never silence, never an error, never the same words twice in a row."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tests.form_talk import FormTalk

WALKS = int(os.environ.get("WHICHPLAN_BOOKING_WALKS", "40"))
"""`make faults` takes 500."""
TURNS = 14
Said = tuple[str, str, tuple[tuple[str, str], ...]]
SAYINGS: tuple[Said, ...] = (
    ("book a call", "book_consultation", ()),
    ("book me for tuesday at 3, dana@example.org", "book_consultation", ()),
    ("Dana", "inform", ()),
    ("dana@example.org", "inform", ()),
    ("206 555 0143", "inform", ()),
    ("dana@gmail.con", "inform", ()),
    ("dana@", "inform", ()),
    ("tuesday after 3", "inform", ()),
    ("no, wednesday", "deny", ()),
    ("the second one", "inform", ()),
    ("yes", "affirm", ()),
    ("no", "deny", ()),
    ("skip", "stop", ()),
    ("back", "stop", ()),
    ("stop", "stop", ()),
    ("start over", "stop", ()),
    ("huh", "ask_repeat", ()),
    ("?!", "nlu_fallback", ()),
    ("none of these", "feedback_negative", ()),
    ("wrong email", "inform", ()),
    ("is it free", "ask_cost", ()),
    ("who has to be at the meeting?", "ask_team", ()),
    ("sorry it's an iep", "inform", (("plan", "iep"),)),
    ("its about my son", "share_feelings", ()),
    ("im so tired", "share_feelings", ()),
    ("thanks", "thank", ()),
    ("hello", "greet", ()),
    ("when is my call", "change_booking", ()),
    ("cancel my call", "change_booking", ()),
    ("move it to thursday", "change_booking", ()),
    ("keep it", "deny", ()),
    ("123456", "inform", ()),
    ("i want to talk to a person", "ask_human", ()),
    ("whats the weather?", "out_of_scope", ()),
    ("i don't want to be here anymore", "crisis", ()),
    ("gotta go bye", "goodbye", ()),
    ("", "button", ()),
)


@pytest.mark.parametrize("seed", range(WALKS))
async def test_no_walk_ends_in_silence_or_an_echo(talk: Callable[..., FormTalk], seed: int) -> None:
    choice = random.Random(seed)
    parent = talk(f"walk {seed}")
    await parent.says("book a call", "book_consultation")
    before, trail = parent.text, ["book a call"]
    for _ in range(TURNS):
        text, intent, entities = choice.choice(SAYINGS)
        if intent == "button":
            if not parent.buttons:
                continue
            place = choice.randrange(len(parent.buttons))
            text = parent.buttons[place]["payload"]
            await parent.presses(place)
        else:
            await parent.says(text, intent, *entities)
        trail.append(text)
        assert parent.replies, f"silence after {trail}"
        assert all(reply["text"] for reply in parent.replies)
        assert not any(reply["outcome"] == "error" for reply in parent.replies), (
            f"{parent.text} after {trail}"
        )
        asked = parent.replies[-1]["text"] if parent.loop else ""
        assert not asked or asked != before, f"{asked!r} twice, after {trail}"
        before = asked
