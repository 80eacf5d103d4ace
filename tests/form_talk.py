"""A talk with the real forms and without a model: the test says what each turn is understood as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

ROOT = Path(__file__).parents[1]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RULES = yaml.safe_load((ROOT / "data" / "rules.yml").read_text())["rules"]
AFTER_FORM = {
    "booking_form": "action_book",
    "change_form": "action_change_call",
    "letter_form": "action_letter_done",
}


def _actions_by_intent() -> dict[str, str]:
    found = {}
    for rule in RULES:
        first, *rest = rule["steps"]
        action = rest[0].get("action")
        for step in first.get("or", [first]):
            if "intent" in step and action:
                found[step["intent"]] = action
    return found


class FormTalk:
    """Plays Rasa's part: rules start actions and forms, a form asks until its slots are filled."""

    def __init__(
        self, conversation: str = "talk", zone: str = "America/Chicago", channel: str = "web", asker: str = ""
    ) -> None:
        self.conversation, self.zone, self.channel, self.asker = conversation, zone, channel, asker
        self.executor = ActionExecutor()
        self.executor.register_package("actions")
        self.rules = _actions_by_intent()
        self.slots: dict[str, Any] = {
            name: about.get("initial_value") for name, about in DOMAIN["slots"].items()
        }
        self.slots["requested_slot"] = None
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.message: dict[str, Any] = {}
        self.point = ""

    @property
    def step(self) -> str | None:
        return self.slots["requested_slot"] if self.loop else None

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for reply in self.replies for button in reply["buttons"]]

    @property
    def times(self) -> list[dict[str, str]]:
        """The buttons that take a time, without those below them."""
        return [button for button in self.buttons if '"opening"' in button["payload"]]

    async def says(
        self,
        text: str,
        intent: str = "inform",
        *entities: tuple[str, str],
        confidence: float = 1.0,
        point: str = "",
    ) -> list[dict[str, Any]]:
        """Take one turn; return the replies. `point` is what it surely asks within its intent."""
        self.point = point
        named = [
            {"entity": kind, "value": value, "start": max(text.lower().find(value.lower()), 0), "end": max(text.lower().find(value.lower()), 0) + len(value)}
            for kind, value in entities
        ]  # fmt: skip
        return await self._turn(text, intent, named, confidence)

    async def presses(self, place: int = 0) -> list[dict[str, Any]]:
        """Press a button of the last replies."""
        payload, self.point = self.buttons[place]["payload"], ""
        match = re.fullmatch(r"/(\w+)(\{.*\})?", payload)
        assert match, payload
        values: Mapping[str, str] = yaml.safe_load(match[2] or "{}")
        return await self._turn(payload, match[1], [{"entity": k, "value": v, "start": 0, "end": 0} for k, v in values.items()])  # fmt: skip

    async def _turn(
        self, text: str, intent: str, entities: list[dict[str, Any]], confidence: float = 1.0
    ) -> list[dict[str, Any]]:
        self.replies = []
        self.message = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": [{"name": intent, "confidence": confidence}],
            "entities": entities,
            "points": [{"name": self.point, "confidence": 1.0}] if self.point else [],
            "metadata": {"timezone": self.zone, "asker": self.asker},
        }
        self.events.append({"event": "user", "input_channel": self.channel, **self.message})
        if not self.loop or not await self._form(self.loop):
            await self._follow(self.rules.get(intent, "action_clarify"))
            if self.loop and not self._asked:
                await self._ask(self.loop)
        return self.replies

    async def _follow(self, action: str | None) -> None:
        while action:
            self._asked = False
            if action in DOMAIN["forms"]:
                self.loop = action
                self.slots["requested_slot"] = None
                action = await self._fill(action)
                continue
            action = await self._run(action)

    async def _form(self, form: str) -> bool:
        """Validate the turn; return whether the form took it."""
        self._asked = False
        before = len(self.events)
        await self._run(f"validate_{form}")
        changed = [e["name"] for e in self.events[before:] if e["event"] == "slot"]
        if not changed:
            return False
        if "requested_slot" in changed and self.slots["requested_slot"] is None:
            self.loop = None
            await self._follow(AFTER_FORM[form])
            return True
        await self._follow(await self._ask(form))
        return True

    async def _fill(self, form: str) -> str | None:
        before = len(self.events)
        await self._run(f"validate_{form}")
        changed = [e["name"] for e in self.events[before:] if e["event"] == "slot"]
        if "requested_slot" in changed and self.slots["requested_slot"] is None:
            self.loop = None
            return AFTER_FORM[form]
        return await self._ask(form)

    async def _ask(self, form: str) -> str | None:
        """Ask for the next empty slot; return the action that follows when there is none."""
        self._asked = True
        wanted = [slot for slot in DOMAIN["forms"][form]["required_slots"] if self.slots[slot] is None]
        if not wanted:
            self.loop = self.slots["requested_slot"] = None
            return AFTER_FORM[form]
        self.slots["requested_slot"] = wanted[0]
        return await self._run(f"action_ask_{form}_{wanted[0]}")

    async def _run(self, action: str) -> str | None:
        """Run one action; return the one that it names to follow."""
        dispatcher = CollectingDispatcher()
        tracker = Tracker(
            self.conversation, dict(self.slots), self.message, self.events[-30:], False, None,
            {"name": self.loop} if self.loop else {}, "action_listen",
        )  # fmt: skip
        run = self.executor.actions.get(action)
        events = []
        if run is None:
            self.replies.append(
                {"text": DOMAIN["responses"][action][0]["text"], "buttons": [], "outcome": "answered"}
            )
        else:
            events = await run(dispatcher, tracker, {}) or []
        self.events.append({"event": "action", "name": action})
        for message in dispatcher.messages:
            said = message.get("reply") or {}
            if message.get("response"):
                said = {
                    "text": DOMAIN["responses"][message["response"]][0]["text"].format(**message),
                    "buttons": [],
                    "outcome": "asked",
                }
            self.replies.append(said)
        follows = None
        for event in events:
            self.events.append(dict(event))
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.loop = event["name"]
            elif event["event"] == "followup":
                follows = event["name"]
            elif event["event"] == "reset_slots":
                self.slots |= {name: about.get("initial_value") for name, about in DOMAIN["slots"].items()}
        return follows
