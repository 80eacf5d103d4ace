import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import ActionGreet
from assistant.booking.desk.shared import consultation
from tests.form_talk import DOMAIN


def greeted(limits_told: bool, *events: dict[str, Any]) -> dict[str, Any]:
    tracker = Tracker("talk", {"limits_told": limits_told}, {}, list(events), False, None, {}, None)
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionGreet().run(dispatcher, tracker, {}))
    (said,) = dispatcher.messages
    return said


def bot(response: str) -> dict[str, Any]:
    return {"event": "bot", "text": "Hello again.", "metadata": {"utter_action": response}}


@pytest.mark.parametrize(
    ("limits_told", "before", "response"),
    [(False, [], "utter_greet"), (True, [bot("utter_greet")], "utter_greet_again")],
)
def test_hello_tells_the_limits_once(limits_told: bool, before: list[dict[str, Any]], response: str) -> None:
    assert greeted(limits_told, *before)["response"] == response


def test_hello_says_how_long_the_call_is() -> None:
    assert greeted(False)["minutes"] == consultation().minutes
    assert "{minutes}-minute call" in DOMAIN["responses"]["utter_greet"][0]["text"]


def test_hello_three_times_is_not_answered_in_the_same_words_twice_in_a_row() -> None:
    said = greeted(True, bot("utter_greet_again"))
    assert said["response"] is None
    assert "what is going on at school" in said["text"]
