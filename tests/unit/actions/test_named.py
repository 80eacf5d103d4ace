"""Every action has the name that domain.yml has for it."""

from __future__ import annotations

import inspect

import pytest
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from actions.named import NamedAction
from assistant.engine.dialogue_check import written_actions


def test_an_action_is_called_what_its_class_says() -> None:
    class ActionHello(NamedAction):
        called = "action_hello"

        async def run(self, dispatcher: object, tracker: object, domain: object) -> list[object]:  # type: ignore[override]
            return []

    assert ActionHello().name() == "action_hello"


def test_the_base_is_no_action_by_itself() -> None:
    assert issubclass(NamedAction, Action) and inspect.isabstract(NamedAction)
    with pytest.raises(TypeError, match="abstract"):
        NamedAction()  # type: ignore[abstract]


def test_the_action_server_finds_ours_and_no_base() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert {"action_book", "action_change_call", "action_count_days"} <= set(executor.actions)
    assert written_actions() <= set(executor.actions)
