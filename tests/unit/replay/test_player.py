import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.replay.player import compare, differences, failure_text, play
from assistant.replay.plugin import not_played_live
from assistant.replay.seen import Inside, Played, Seen
from assistant.replay.story import Assertion, Case, Step
from assistant.replay.target import CannotPlay, button_named

HELLO = {"text": "Hello.", "outcome": "asked", "buttons": [{"title": "Book a free call", "payload": "/book"}]}


class Scripted:
    """A target that says what it was given."""

    inside = True
    waited = 0.0

    def __init__(self, *answers: Seen) -> None:
        self._answers = answers

    @contextlib.asynccontextmanager
    async def conversation(self, case: Case) -> AsyncIterator["ScriptedTalk"]:
        yield ScriptedTalk(list(self._answers))


class ScriptedTalk:
    def __init__(self, answers: list[Seen]) -> None:
        self.greeting = self._last = Seen("", [HELLO], inside=Inside())
        self._answers = answers

    async def say(self, text: str) -> Seen:
        self._last = self._answers.pop(0)
        return self._last

    async def press(self, title: str) -> Seen:
        button_named(title, self._last)
        return await self.say(title)

    async def wait(self, pause: timedelta) -> None:
        pass


def said(text: str, outcome: str = "answered", **inside: Any) -> Seen:
    return Seen("x", [{"text": text, "outcome": outcome}], inside=Inside(**inside))


def played(*steps: Step, answers: list[Seen]) -> Played:
    return asyncio.run(play(Case("a case", steps, path=Path("test_x.yml")), Scripted(*answers)))


def test_a_story_that_goes_as_it_should_has_no_failures() -> None:
    step = Step("user", "hi", (Assertion("outcome", "answered"),))
    assert not played(step, answers=[said("Hi.")]).failed


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        (Seen("x", []), "silence: no reply came"),
        (said("Something went wrong.", "error"), "an inner error reached the parent"),
        (said("Hi.", errors=("action_answer failed: KeyError: 'x'",)), "an exception: action_answer failed"),
        (said("Write to {contact}."), r"a gap in the text was not filled: {contact}"),
    ],
)
def test_what_is_wrong_in_itself_fails_without_being_asked(seen: Seen, wrong: str) -> None:
    failed = played(Step("user", "hi"), answers=[seen])
    assert failed.failed
    with pytest.raises(AssertionError, match=wrong):
        raise AssertionError(failure_text(Case("a case", ()), failed))


def test_the_same_prompt_twice_in_a_row_fails_every_story() -> None:
    asks = Step("user", "hi")
    again = played(asks, asks, answers=[said("Which time?", "booking"), said("Which time?", "booking")])
    assert again.turns[-1].wrong == ["the same prompt twice in a row: Which time?"]


def test_an_inner_error_that_the_story_expects_is_none() -> None:
    step = Step("user", "hi", (Assertion("outcome", "error"),))
    assert not played(step, answers=[said("Later, please.", "error")]).failed


def test_a_missing_button_ends_the_story_and_names_the_buttons_there_were() -> None:
    failed = played(Step("press", "No plan", line=7, number=1), answers=[])
    assert (
        failed.stopped
        == "step 1 (line 7): press: there is no button 'No plan'; the last replies had 'Book a free call'"
    )


def test_a_button_is_found_by_the_beginning_of_its_title() -> None:
    assert button_named("book a", Seen("", [HELLO]))["payload"] == "/book"
    with pytest.raises(CannotPlay):
        button_named("free", Seen("", [HELLO]))


def test_a_repeat_that_differs_is_shown() -> None:
    step = Step("user", "hi", number=1)
    first, again = played(step, answers=[said("Hi.")]), played(step, answers=[said("Hello.")])
    assert differences(first, first) == []
    assert "first [('Hi.'" in differences(first, again)[0]


def test_what_a_running_server_does_not_show_is_neither_held_nor_failed() -> None:
    wanted = (Assertion("slot_was_set", [{"name": "plan", "value": "iep"}]), Assertion("outcome", "asked"))
    turn = compare(1, 1, Seen("x", [HELLO]), wanted, inside=False)
    assert turn.expected == [("outcome: asked", "")]
    assert turn.unchecked == ["slot_was_set: {'name': 'plan', 'value': 'iep'}"]


def story(*assertions: Assertion, **more: Any) -> Case:
    return Case("a case", (Step("user", "hi", assertions),), **more)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (story(), ""),
        (story(Assertion("action_executed", "action_answer"), Assertion("outcome", "answered")), ""),
        (story(Assertion("action_executed", "action_answer")), r"shows only inside the process \(action_executed\)"),
        (story(Assertion("no_personal_data_kept", "true")), r"\(no_personal_data_kept\)"),
        (story(Assertion("outcome", "answered"), slots={"plan": "iep"}), "it begins with slots already set"),
    ],
)  # fmt: skip
def test_a_story_that_a_running_server_can_not_show_is_skipped_with_a_reason(case: Case, reason: str) -> None:
    assert re.search(reason, not_played_live(case))
    assert bool(reason) == bool(not_played_live(case))


def test_a_button_may_be_pressed_by_its_place() -> None:
    openings = Seen("x", [{"text": "Which?", "buttons": [{"title": "Tue, 9 AM"}, {"title": "Wed, 9 AM"}]}])
    assert button_named("#2", openings)["title"] == "Wed, 9 AM"
    with pytest.raises(CannotPlay, match="no button '#3'; the last replies had 'Tue, 9 AM', 'Wed, 9 AM'"):
        button_named("#3", openings)
