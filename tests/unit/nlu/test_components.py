"""What a message is read behind: the parent's own words of this talk, and nothing else."""

from __future__ import annotations

from rasa.shared.core.events import ActiveLoop, AllSlotsReset, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.nlu.components import TOLD, asks_a_name, said_in


def said(*events: Event) -> list[str]:
    tracker = DialogueStateTracker("talk", [])
    for event in events:
        tracker.update(event)
    return said_in(tracker)


def wrote(text: str, intent: str = "ask_team") -> UserUttered:
    return UserUttered(text, intent={"name": intent, "confidence": 1.0})


def test_the_parents_words_come_oldest_first() -> None:
    assert said(wrote("he has an IEP"), wrote("who comes")) == ["he has an IEP", "who comes"]


def test_buttons_danger_strangers_and_what_fills_a_form_are_left_out() -> None:
    form = [ActiveLoop("booking_form"), wrote("Pat, pat@example.org"), ActiveLoop(None)]
    others = [
        wrote("/book_consultation"),
        wrote("he has a gun", "crisis"),
        wrote("a recipe", "out_of_scope"),
        wrote("no call please", "deny"),
    ]
    assert said(wrote("who comes"), *form, *others, wrote("and when")) == ["who comes", "and when"]


def test_a_new_start_forgets_what_was_said_before_it() -> None:
    assert said(wrote("who comes"), SlotSet(TOLD, []), wrote("is it free")) == ["is it free"]
    assert said(wrote("who comes"), AllSlotsReset(), wrote("is it free")) == ["is it free"]


def asked(**slots: object) -> bool:
    tracker = DialogueStateTracker(
        "talk", [AnySlot(name, [{}]) for name in ("requested_slot", "letter_asks")]
    )
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    return asks_a_name(tracker)


def test_a_name_is_asked_by_the_booking_and_for_some_blanks_of_a_letter() -> None:
    assert asked(requested_slot="contact_name")
    assert asked(requested_slot="letter_two", letter_asks=["school", "child"])
    assert not asked(requested_slot="letter_one", letter_asks=["school", "child"])
    assert not asked(requested_slot="opening") and not asked()
