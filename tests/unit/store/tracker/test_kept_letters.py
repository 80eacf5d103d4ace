"""What a parent gave for a letter stands nowhere in clear: all letters are played with marked words, and every event searched."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from actions.letter import draft_of
from assistant.handover.web import summary
from assistant.knowledge.library import library
from assistant.store.tracker.kept import kept, unsealed
from tests.form_talk import FormTalk

LETTERS = sorted(name for name, letter in library().letters.items() if not letter.is_checklist)
MARKS = ("Zebulon", "Quist", "xylophone", "Wombat")


async def played(name: str) -> tuple[FormTalk, list[dict[str, Any]]]:
    """Return a talk in which a letter was written with marked words, and its events as Rasa has them."""
    talk, events = FormTalk(), []
    told: list[dict[str, Any]] = []

    async def says(text: str, intent: str = "inform", **how: Any) -> None:
        before = len(talk.events)
        await talk.says(text, intent, **how)
        own = talk.events[before:]
        events.append({"event": "user", "text": text, "parse_data": dict(talk.message)})
        if talk.loop == "letter_form":
            events.append({"event": "active_loop", "name": "letter_form"})
        events.extend(event for event in own if event["event"] == "slot")
        events.append({"event": "slot", "name": "requested_slot", "value": talk.step})
        events.extend(
            {"event": "bot", "text": reply["text"], "data": {}, "metadata": {"reply": reply}}
            for reply in talk.replies
        )
        told.append({"from": "parent", "text": text})
        told.extend({"from": "assistant", **reply} for reply in talk.replies)

    await says("write it", "write_letter", point=f"write_letter/{name}")
    for _ in range(8):
        step = talk.step
        if step != "letter_checked":
            await says("Zebulon Quist plays the xylophone")
        if step == talk.step:  # a plan or a state was asked
            await says("skip")
        if talk.step == "letter_checked":
            break
    await says("add that Zebulon keeps a Wombat", "change_letter", point="change_letter/add")
    await says("his name is Zebulon Quist", "change_letter", point="change_letter/child")
    body = json.dumps([reply["letter"]["body"] for reply in talk.replies if reply.get("letter")])
    assert "Zebulon" in body and "Wombat" in body
    await says("ok", "affirm")
    talk.told = told  # type: ignore[attr-defined]
    return talk, events


@pytest.mark.parametrize("name", LETTERS)
async def test_no_word_of_a_letter_is_kept_in_clear(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    talk, events = await played(name)
    stored = json.dumps(kept(events)[0])
    assert not [mark for mark in MARKS if mark.lower() in stored.lower()]
    assert not [mark for mark in MARKS if mark in caplog.text]
    handed = "\n".join(summary(talk.told))  # type: ignore[attr-defined]
    assert not [mark for mark in MARKS if mark in handed]


async def test_a_letter_can_be_said_again_after_a_crash_and_changed() -> None:
    talk, events = await played("records")
    said = [unsealed(event) for event in kept(events)[0] if event["event"] == "bot"]
    assert any("Wombat" in event["text"] for event in said)
    found = draft_of(_Tracker(talk.slots))  # type: ignore[arg-type]
    assert found is not None and found.values["child"] == "Zebulon Quist"


class _Tracker:
    def __init__(self, slots: dict[str, Any]) -> None:
        self.slots = slots

    def get_slot(self, name: str) -> Any:
        return self.slots.get(name)
