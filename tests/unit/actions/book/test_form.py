"""What parents do in the middle of booking, at every step. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from assistant.booking import Booking, Held
from tests.form_talk import FormTalk

Start = Callable[..., FormTalk]
STEPS = ("contact_name", "contact_address", "opening", "booking_confirmed")


async def at(talk: Start, step: str) -> FormTalk:
    """Return a talk in which the form asks for a step."""
    parent = talk()
    await parent.says("book a call", "book_consultation")
    if step != "contact_name":
        await parent.says("Dana")
    if step in ("opening", "booking_confirmed"):
        await parent.says("dana@example.org")
    if step == "booking_confirmed":
        await parent.presses(0)
    assert parent.step == step
    return parent


async def test_a_call_is_booked_with_five_short_messages(talk: Start, desk: Booking) -> None:
    parent = talk()
    await parent.says("can i book the free call", "book_consultation")
    await parent.says("Tasha, tasha.r@example.com")
    assert parent.step == "opening"
    await parent.says("ok. next tuesday after 3", "book_consultation")
    assert "Tuesday, December 1" in parent.text
    await parent.says("the first one")
    assert "3:00 PM Central time" in parent.text and "tasha.r@example.com" in parent.text
    await parent.says("yep", "affirm")
    assert "Your call is booked: **Tuesday, December 1 at 3:00 PM Central time**" in parent.text
    assert parent.replies[-1]["card"]["kind"] == "booking"
    (call,) = await desk.upcoming("talk")
    assert (call.name, call.email, call.zone) == ("Tasha", "tasha.r@example.com", "America/Chicago")


async def test_the_first_message_may_hold_everything_at_once(talk: Start, desk: Booking) -> None:
    parent = talk()
    await parent.says("book me for tuesday at 3, dana@example.org", "book_consultation")
    assert "Tuesday, November 24, at 3:00 PM" in parent.text and "dana@example.org" in parent.text
    await parent.says("Dana")
    assert [button["title"] for button in parent.times] == ["Tue, Nov 24, 3:00 PM"]
    await parent.says("yes", "affirm")
    await parent.says("yes please, it's about his iep", "affirm")
    (call,) = await desk.upcoming("talk")
    assert call.reason == "about his iep"


@pytest.mark.parametrize("step", STEPS)
class TestAtEveryStep:
    async def test_a_question_is_answered_and_the_form_goes_on(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("wait quick question how long can the school take to test", "ask_timeline")
        assert parent.replies[0]["answer"]["intent"] == "ask_timeline"
        assert parent.replies[-1]["text"].startswith("Back to your free call.")
        assert parent.step == step
        assert not any(button["title"] == "504 plan" for button in parent.buttons), (
            "no second question beside the form"
        )

    async def test_two_questions_are_both_answered(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("is the call free? and how long is it?", "ask_cost")
        assert "The call is free" in parent.text and "30 minutes" in parent.text
        assert parent.step == step

    @pytest.mark.parametrize(
        ("asks", "understood", "answer"),
        [
            ("how long is the call", "change_booking", "30 minutes"),
            ("is it free", "ask_cost", "The call is free"),
            ("who will call me", "ask_human", "An advocate from"),
            ("what do I need", "ask_get_started", "nothing but your questions"),
            ("is it by phone or zoom?", "out_of_scope", "By phone or by video"),
            ("why do you need my email", "ask_privacy", "go to the advocate"),
        ],
    )
    async def test_a_question_about_the_call_itself_is_answered(
        self, talk: Start, step: str, asks: str, understood: str, answer: str
    ) -> None:
        parent = await at(talk, step)
        await parent.says(asks, understood)
        assert answer in parent.text
        assert parent.step == step

    async def test_small_talk_is_answered_and_the_form_goes_on(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        for text, intent in (("thanks", "thank"), ("hello", "greet"), ("im so tired", "share_feelings")):
            await parent.says(text, intent)
            assert len(parent.replies) == 2
            assert parent.step == step

    async def test_cancel_ends_the_form_and_gives_the_time_back(
        self, talk: Start, desk: Booking, step: str
    ) -> None:
        parent = await at(talk, step)
        await parent.says("cancel", "stop")
        assert parent.loop is None
        assert "no call was booked" in parent.text
        first = (await desk.openings(desk.consultation.advocates[0].zone))[0]
        assert isinstance(await desk.hold(first, "somebody else"), Held)

    async def test_no_thanks_ends_the_form_however_it_was_understood(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("no thanks", "thank")
        assert parent.loop is None

    async def test_start_over_forgets_the_form(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("start over", "stop")
        assert parent.loop is None
        assert parent.slots["contact_name"] is None

    async def test_skip_says_why_not(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("skip", "stop")
        assert parent.step == step
        assert len(parent.replies) == 2

    async def test_back_asks_the_step_before(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("go back", "stop")
        assert parent.step == STEPS[max(STEPS.index(step) - 1, 0)]

    async def test_what_says_the_question_in_other_words(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        before = parent.text
        await parent.says("can you say that again", "ask_repeat")
        assert parent.step == step
        assert parent.text != before

    async def test_an_answer_in_between_is_what_gets_simpler(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("what is a 504 plan", "ask_explain_plan", ("plan", "504"))
        await parent.says("say that simpler please", "ask_repeat")
        assert parent.replies[0]["answer"]["intent"] == "ask_explain_plan"
        assert parent.step == step

    async def test_another_plan_says_the_answer_again(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("who do i call about his 504", "ask_who_to_contact", ("plan", "504"))
        await parent.says("sorry it's an IEP", "inform", ("plan", "iep"))
        assert parent.replies[0]["answer"] == {
            **parent.replies[0]["answer"],
            "intent": "ask_who_to_contact",
            "plan": "iep",
        }
        assert parent.step == step

    async def test_a_plan_without_a_question_is_noted(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("sorry it's an iep", "feedback_negative", ("plan", "iep"))
        assert parent.slots["plan"] == "iep"
        assert parent.step == step

    async def test_danger_ends_the_form_and_the_parent_may_come_back(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("i don't want to be here anymore", "crisis")
        assert parent.loop is None
        assert "988" in parent.text and len(parent.replies) == 1
        await parent.says("can I still do that call", "change_booking")
        if step != "contact_name":
            assert parent.loop == "booking_form"
            assert "What is your first name" not in parent.text

    async def test_book_a_call_said_again_goes_on(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("book a call", "book_consultation")
        assert parent.step == step
        assert "could not read" not in parent.text

    async def test_nonsense_never_gives_the_same_words_twice_in_a_row(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        said = [parent.text]
        for _ in range(4):
            await parent.says("?!", "nlu_fallback")
            assert parent.step == step
            said.append(parent.text)
        assert all(one != other for one, other in itertools.pairwise(said))
        assert any("office@example.org" in one or "write to" in one for one in said)

    async def test_goodbye_is_not_held_up(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("gotta go bye", "goodbye")
        assert parent.loop is None
        assert "book a call" in parent.text

    async def test_a_stranger_topic_is_named_and_the_form_goes_on(self, talk: Start, step: str) -> None:
        parent = await at(talk, step)
        await parent.says("whats the weather in chicago?", "out_of_scope")
        assert parent.replies[0]["outcome"] == "out_of_scope"
        assert parent.step == step


async def test_a_guess_at_stop_does_not_end_the_form(talk: Start, desk: Booking) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("book it", "stop", confidence=0.31)
    assert len(await desk.upcoming("talk")) == 1
