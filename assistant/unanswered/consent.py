"""A channel's side: notes a turn without its answer, and asks once in a talk whether its words may be kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from assistant import metrics
from assistant.clock import now
from assistant.talk.noting import NO_ANSWER, NOT_IT, THUMB
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.unanswered.store import Unanswered

YES, NO = "unanswered:yes", "unanswered:no"
"""Payloads of the buttons; they end here and never reach Rasa."""
WORTH_ASKING = frozenset({NO_ANSWER, NOT_IT})
"""A choice and the same again are told by counts alone: the question would come where an answer was just given."""

log = logging.getLogger(__name__)
_model = ""


def answered_by(model: str) -> None:
    """Name the model that answers in this process from now on."""
    global _model
    _model = model


class Noting:
    """Notes for one channel; a database that is away costs a row, never an answer.

    Args:
        store: The rows.
        channel: "web" or "slack".
    """

    def __init__(self, store: Unanswered, channel: str) -> None:
        self._store = store
        self._channel = channel

    async def take(
        self, talk: str, message: str, text: str, replies: Sequence[Reply], *, ask: bool = True
    ) -> list[Reply]:
        """Keep what the actions noted beside these replies; return what is asked then: nothing, or for consent.

        Args:
            talk: Its id.
            message: The id of what was written.
            text: What the parent wrote.
            replies: What is said; one of them has `noted`.
            ask: Whether one person alone reads the talk, and may be asked.
        """
        about = next((reply.noted for reply in replies if reply.noted), None)
        if about is None:
            return []
        metrics.UNANSWERED.labels(about["why"]).inc()
        try:
            await asyncio.to_thread(
                self._store.note, talk, message, about, self._channel, _version(about), text, now()
            )
            if not ask or about["why"] not in WORTH_ASKING:
                return []
            if not await asyncio.to_thread(self._store.ask, talk, now()):
                return []
        except SQLAlchemyError as error:
            log.error("a turn without its answer was not noted: %s", type(error).__name__)
            return []
        say = PHRASES.unanswered
        buttons = [Button(say["yes"], YES), Button(say["no"], NO)]
        may_i = say["may_i_slack" if self._channel == "slack" else "may_i"]
        return [Reply(may_i, "asked", buttons)]

    async def thumb_down(self, talk: str, reply: str, answer: Mapping[str, Any], reason: str) -> None:
        """Keep a thumb down; the reason counts as words."""
        about = {
            "why": THUMB,
            "near": [name for name in (answer.get("point") or answer.get("intent"),) if name],
            "topic": answer.get("intent") or "",
            "point": answer.get("point") or "",
            "plan": answer.get("plan") or "",
            "state": answer.get("state") or "",
            "version": str(answer.get("reviewed") or ""),
        }
        metrics.UNANSWERED.labels(THUMB).inc()
        try:
            await asyncio.to_thread(
                self._store.note, talk, reply, about, self._channel, _version(about), reason, now()
            )
        except SQLAlchemyError as error:
            log.error("a thumb down was not noted: %s", type(error).__name__)

    async def forget(self, talk: str) -> None:
        """Delete what a talk left."""
        await asyncio.to_thread(self._store.forget, talk)

    async def hear(self, talk: str, agreed: bool, transcript: Sequence[Mapping[str, Any]]) -> list[Reply]:
        """Return what is answered to a press of one of the two buttons.

        Args:
            talk: Its id.
            agreed: Whether the words may be kept.
            transcript: What was said so far, in the public form with `from`.
        """
        typed = {
            one["id"]: one["text"] for one in transcript if one["from"] == "parent" and not one.get("chosen")
        }
        await asyncio.to_thread(self._store.consent, talk, agreed, typed)
        return [Reply(PHRASES.unanswered["kept" if agreed else "not_kept"], "asked")]


def _version(about: Mapping[str, Any]) -> str:
    return f"{_model} {about.get('version', '')}".strip()[:40]
