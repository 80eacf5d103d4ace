"""One request out of many messages: who, how to reach them, when, about what; an offer meets it or says why it can't.

Monday, November 23, 2026, eleven in Chicago; calls on Tuesdays 9-12 and 1-5, Wednesdays 9-12, Thursdays 1-5 in Seattle.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking, Held
from tests.booking_world import Clock
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


def titles(parent: FormTalk) -> list[str]:
    return [button["title"] for button in parent.times]


# Whose address it is


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("it's about the iep, the principal mrs.lee@school.example.org said no", "inform"),
        ("the school's number is 206-342-1188", "inform"),
        ("the school's number is 206-342-1188", "ask_who_to_contact"),
        ("his teacher kim@school.example.org wont answer me", "ask_not_followed"),
        ("principal is mrs.lee@school", "inform"),
    ],
)
async def test_an_address_inside_a_reason_stays_in_the_reason(
    talk: Start, desk: Booking, words: str, understood: str
) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says(words, understood)
    assert parent.step == "booking_confirmed"
    assert f"**About:** {words}" in parent.text
    assert parent.slots["contact_address"] == "dana@example.org"
    await parent.says("yes", "affirm")
    (call,) = await desk.upcoming("talk")
    assert (call.email, call.phone, call.reason) == ("dana@example.org", None, words)


async def test_an_address_that_may_be_meant_or_not_changes_nothing_unsaid(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("my husband jo@example.org handles all of that usually")
    assert parent.slots["contact_address"] == "dana@example.org"
    assert "I still have dana@example.org" in parent.text


async def test_the_first_message_does_not_book_for_the_principal(talk: Start) -> None:
    parent = talk()
    await parent.says(
        "book a call. the principal mrs.lee@school.example.org refuses to test", "book_consultation"
    )
    assert parent.slots["contact_address"] is None
    assert parent.step == "contact_name"


@pytest.mark.parametrize(
    "words",
    ["oh sorry its dana.new@example.org", "wrong email, use dana.new@example.org", "dana.new@example.org", "actually my email is dana.new@example.org, thanks"],
)  # fmt: skip
@pytest.mark.parametrize("step", ["opening", "booking_confirmed"])
async def test_a_corrected_address_replaces_the_old_one(talk: Start, step: str, words: str) -> None:
    parent = await at(talk, step)
    await parent.says(words)
    assert parent.slots["contact_address"] == "dana.new@example.org"
    assert parent.step == step


async def test_a_typo_told_is_mended_without_asking_for_all_again(talk: Start) -> None:
    parent = talk()
    await parent.says("book a call", "book_consultation")
    await parent.says("Dana, dana@exmaple.com")
    await parent.presses(0)
    await parent.says("email has a typo its example.com not exmaple", "feedback_negative")
    assert parent.slots["contact_address"] == "dana@example.com"
    assert parent.step == "booking_confirmed" and "dana@example.com" in parent.text


async def test_a_phone_beside_the_email_is_kept_as_well(talk: Start, desk: Booking) -> None:
    parent = await at(talk, "opening")
    await parent.says("you can also text me at 206 342 8123")
    await parent.presses(0)
    await parent.says("yes", "affirm")
    (call,) = await desk.upcoming("talk")
    assert (call.email, call.phone) == ("dana@example.org", "+12063428123")


# Names


@pytest.mark.parametrize(
    ("words", "understood", "name"),
    [
        ("Will", "out_of_scope", "Will"),
        ("my name is Will", "ask_term", "Will"),
        ("Will Smith", "ask_after_high_school", "Will Smith"),
        ("Can Yaman", "ask_discipline", "Can Yaman"),
        ("An", "inform", "An"),
        ("Ann (mom)", "inform", "Ann"),
        ("Ann 😊", "thank", "Ann"),
        ("Jen. i already said jen", "feedback_negative", "Jen"),
        ("María del Carmen López García", "out_of_scope", "María del Carmen López García"),
        ("Dana, it's about my son's 504", "ask_not_followed", "Dana"),
    ],
)
async def test_a_name_is_taken_whatever_it_was_understood_as(
    talk: Start, words: str, understood: str, name: str
) -> None:
    parent = await at(talk, "contact_name")
    await parent.says(words, understood)
    assert parent.slots["contact_name"] == name
    assert parent.step == "contact_address"


@pytest.mark.parametrize(
    ("words", "understood"),
    [("i will do it later", "stop"), ("can you call me", "ask_human"), ("will do", "affirm")],
)
async def test_a_sentence_is_no_name(talk: Start, words: str, understood: str) -> None:
    parent = await at(talk, "contact_name")
    await parent.says(words, understood, confidence=0.4)
    assert parent.slots["contact_name"] is None


async def test_a_sentence_before_a_phone_number_is_no_name(talk: Start) -> None:
    parent = talk()
    await parent.says("book a call", "book_consultation")
    await parent.says("i check my phone more than email so 919 555 0142")
    assert parent.step == "contact_name"
    assert parent.slots["contact_address"] == "+19195550142"


# When


async def test_days_hours_zone_and_reason_of_the_first_message_are_kept(talk: Start) -> None:
    parent = talk()
    await parent.says(
        "i want to book a call, im off tuesdays and thursdays but not before 10, pacific. it's about his iep", "book_consultation"
    )  # fmt: skip
    assert "on a Tuesday or Thursday, from 10:00 AM on" in parent.text
    await parent.says("Dana, dana@example.org")
    assert titles(parent) == ["Tue, Nov 24, 10:00 AM", "Tue, Nov 24, 10:30 AM", "Tue, Nov 24, 11:00 AM"]
    assert "All times are Pacific time" in parent.text
    await parent.presses(0)
    assert "**About:** it's about his iep" in parent.text


async def test_later_messages_refine_the_wish(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("tues or thurs")
    await parent.says("after 3 pacific")
    assert titles(parent)[0] == "Tue, Nov 24, 3:00 PM"
    await parent.says("not tuesday")
    assert titles(parent)[0] == "Thu, Nov 26, 3:00 PM"
    assert "from 3:00 PM on" in parent.text
    await parent.says("any time", "inform")
    assert titles(parent)[0] == "Tue, Nov 24, 9:00 AM"


async def test_a_day_within_the_week_that_was_named(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("next week")
    await parent.says("tuesday")
    assert titles(parent)[0].startswith("Tue, Dec 1")


async def test_a_time_among_those_shown_is_taken_and_the_question_beside_it_answered(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("tuesday after noon")
    assert titles(parent)[1] == "Tue, Nov 24, 12:30 PM"
    await parent.says("12:30. and is it by phone?", "ask_services")
    assert parent.step == "booking_confirmed"
    assert "By phone or by video" in parent.text and "12:30 PM Central time" in parent.text


@pytest.mark.parametrize(
    ("words", "place"), [("la primera", 0), ("la segunda por favor", 1), ("la última", 2)]
)
async def test_a_pick_in_spanish_is_a_pick(talk: Start, words: str, place: int) -> None:
    parent = await at(talk, "opening")
    wanted = titles(parent)[place].split(", ")[-1]
    await parent.says(words, "out_of_scope")
    assert parent.step == "booking_confirmed" and wanted in parent.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("saturday morning", "calls take place"),
        ("tuesday at 8pm", "calls take place"),
        ("in march", "I can book up to"),
        ("tuesday at 3:10 pm", "calls begin every 30 minutes"),
    ],
)
async def test_an_offer_that_misses_the_wish_says_why(talk: Start, words: str, why: str) -> None:
    parent = await at(talk, "opening")
    await parent.says(words)
    assert "You said" in parent.text and why in parent.text
    assert len(parent.times) == 3


async def test_a_wish_that_is_too_soon_says_so(talk: Start, clock: Clock) -> None:
    clock.forward(hours=23)
    parent = await at(talk, "opening")
    await parent.says("today at 3pm")
    assert "the advocate needs 12 hours' notice" in parent.text


async def test_a_wish_that_is_taken_says_so(talk: Start, desk: Booking) -> None:
    parent = await at(talk, "opening")
    assert isinstance(await desk.hold("ann@20261124T2100Z", "somebody faster"), Held)
    await parent.says("tuesday at 3pm")
    assert "Nothing is free then." in parent.text


async def test_another_length_is_answered_and_the_time_kept(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("tuesday after 3 pacific for an hour")
    assert "the call is 30 minutes" in parent.text
    assert titles(parent)[0] == "Tue, Nov 24, 3:00 PM"


async def test_a_zone_that_was_told_is_not_asked_for(talk: Start) -> None:
    parent = talk(zone="", channel="slack")
    await parent.says("book a call, tuesday after 2, im in texas", "book_consultation")
    await parent.says("Dana, dana@example.org")
    assert "Which time zone" not in parent.text and "All times are Central time" in parent.text


# The yes


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("yes and thank you so much", "thank"),
        ("yes thank you", "thank"),
        ("thank you so much, yes please", "thank"),
        ("yes please book it", "book_consultation"),
        ("perfect, thanks", "feedback_positive"),
        ("sí, muchas gracias", "thank"),
        ("Yes! Thank you!!", "thank"),
        ("yes that works for me thank you for your help", "thank"),
    ],
)
async def test_a_yes_with_thanks_books(talk: Start, desk: Booking, words: str, understood: str) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says(words, understood)
    assert len(await desk.upcoming("talk")) == 1
    assert ("Su llamada está reservada" if "gracias" in words else "Your call is booked") in parent.text


@pytest.mark.parametrize(
    ("words", "understood"),
    [("thank you so much", "thank"), ("yes, who will be there?", "ask_team"), ("yes but can we make it later", "affirm"), ("thanks, not yet", "thank")],
)  # fmt: skip
async def test_thanks_or_a_question_alone_books_nothing(
    talk: Start, desk: Booking, words: str, understood: str
) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says(words, understood)
    assert await desk.upcoming("talk") == ()


# A question beside what the form asked for


@pytest.mark.parametrize(
    ("step", "words"),
    [("contact_name", "Dana, dana@example.org. who has to be at the meeting?"), ("opening", "tuesday after 3. who has to be at the meeting?")],
)  # fmt: skip
async def test_a_question_beside_a_value_is_answered_and_the_value_taken(
    talk: Start, step: str, words: str
) -> None:
    parent = await at(talk, step)
    await parent.says(words, "ask_team")
    assert parent.replies[0]["answer"]["intent"] == "ask_team"
    assert parent.step == "opening" and len(parent.times) == 3


async def test_a_name_beside_a_question_about_the_call_is_taken(talk: Start) -> None:
    parent = await at(talk, "contact_name")
    await parent.says("Dana, and is it free?", "ask_cost")
    assert "The call is free" in parent.text
    assert parent.slots["contact_name"] == "Dana" and parent.step == "contact_address"


async def test_a_time_asked_for_is_no_question(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("how about wednesday at 10 pacific instead?", "ask_timeline")
    assert titles(parent) == ["Wed, Nov 25, 10:00 AM"]


# What the field helps to type


async def test_each_prompt_says_what_it_expects(talk: Start) -> None:
    parent = talk()
    await parent.says("book a call", "book_consultation")
    assert parent.replies[-1]["expects"] == "name"
    await parent.says("Dana")
    assert parent.replies[-1]["expects"] == "address"
    await parent.says("dana@example.org")
    assert parent.replies[-1]["expects"] == "time"
    await parent.presses(0)
    assert parent.replies[-1]["expects"] == "confirmation"
    await parent.says("yes", "affirm")
    assert parent.replies[-1]["expects"] == ""
