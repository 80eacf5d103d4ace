"""Plays stories in this process: the real model, the real actions, a clock that stands still, mails as files."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.booking.calls.database import Database, database_url
from assistant.booking.desk.shared import close_desk, desk_if_open
from assistant.clock import set_clock
from assistant.replay.seen import Inside, Seen
from assistant.replay.story import CLOCK, Case
from assistant.replay.target import CannotPlay, button_named
from assistant.typed_text import typed

if TYPE_CHECKING:
    from rasa.core.agent import Agent

_OUTSIDE = re.compile(r"WHICHPLAN_(?:SMTP|CALDAV|ICS|ACTIONS|DATA|PUBLIC|SECRET)\w*|DATABASE_URL")
"""Settings of the tester's own that no story may use."""
_CODE = re.compile(r"\b\d{6}\b")
SECRET = "a secret for stories, the same each time"  # noqa: S105


class InsideTarget:
    """The assistant of this checkout, loaded once; each story gets its own empty data folder.

    Raises:
        NoModel, NotLoaded: The text says what to do.
    """

    inside = True
    waited = 0.0

    def __init__(self) -> None:
        from assistant.engine.agent import load_assistant
        from assistant.engine.quiet import ignore_warnings
        from assistant.serve.models import current_model
        from assistant.store.tracker.store import TalkStore

        ignore_warnings()
        self._talks_folder = tempfile.TemporaryDirectory(prefix="whichplan-replay-")
        # what masks and seals is played, too
        self._talks = TalkStore(f"sqlite:///{self._talks_folder.name}/talks.db", SECRET.encode())
        self.agent = load_assistant(current_model(), self._talks)
        self._errors = _ErrorLog()
        self._empty = tempfile.TemporaryDirectory(prefix="whichplan-replay-")
        # bringing an empty database to its newest form takes longer than a whole story
        Database(database_url(None, Path(self._empty.name)), SECRET.encode()).close()

    @contextlib.asynccontextmanager
    async def conversation(self, case: Case) -> AsyncIterator[InsideConversation]:
        """Open a talk of its own folder, clock and desk."""
        with tempfile.TemporaryDirectory(prefix="whichplan-replay-") as folder:
            data = Path(folder)
            with _surroundings(data), self._errors:
                shutil.copytree(self._empty.name, data, dirs_exist_ok=True)
                talk = InsideConversation(self.agent, self._errors, case, data)
                await talk.open()
                yield talk


class InsideConversation:
    """One talk in this process."""

    greeting: Seen

    def __init__(self, agent: Agent, errors: _ErrorLog, case: Case, data: Path) -> None:
        from assistant.turn.talking import Talk

        self.id = f"replay-{uuid.uuid4().hex}"
        self._agent = agent
        self._errors = errors
        self._case = case
        self._outbox = data / "outbox"
        self._talk = Talk(agent, self.id, case.zone)
        self._events = 0
        self._mails: list[Path] = []
        self._now = case.clock or CLOCK
        set_clock(lambda: self._now)

    async def open(self) -> None:
        """Greet, as a channel does when a talk begins."""
        self.greeting = self._last = await self._turn("/greet", "(the talk is opened)")
        if self._case.slots:
            from rasa.shared.core.events import SlotSet

            tracker = await self._agent.tracker_store.get_or_create_tracker(self.id)
            for name, value in self._case.slots.items():
                tracker.update(SlotSet(name, value))
            await self._agent.tracker_store.save(tracker)
            self._events = len(tracker.events)

    async def say(self, text: str) -> Seen:
        """Type a text."""
        if "{code}" in text:
            text = text.replace("{code}", self._code())
        return await self._turn(typed(text), text)

    async def press(self, title: str) -> Seen:
        """Press a button of the last replies."""
        button = button_named(title, self._last)
        return await self._turn(str(button["payload"]), f"[{button['title']}]")

    async def wait(self, pause: timedelta) -> None:
        """Move the clock, and send what is due until then."""
        self._now += pause
        await self._deliver()

    async def _turn(self, message: str, shown: str) -> Seen:
        self._errors.texts.clear()
        began = time.perf_counter()
        replies = await self._talk.say(message)
        milliseconds = (time.perf_counter() - began) * 1000
        await self._deliver()
        events = await self._new_events()
        named = {
            e.get("text"): (e.get("metadata") or {}).get("utter_action")
            for e in events
            if e["event"] == "bot"
        }
        seen = [{**reply.to_json(), "utter_name": named.get(reply.text)} for reply in replies]
        self._last = Seen(shown, seen, milliseconds, await self._inside(events))
        return self._last

    async def _new_events(self) -> list[dict[str, Any]]:
        tracker = await self._agent.tracker_store.retrieve_full_tracker(self.id)
        if tracker is None:
            return []
        new = [event.as_dict() for event in list(tracker.events)[self._events :]]
        self._events = len(tracker.events)
        return new

    async def _deliver(self) -> None:
        desk = desk_if_open()
        while desk is not None and await desk.worker.deliver_due():
            pass

    async def _inside(self, events: list[dict[str, Any]]) -> Inside:
        tracker = await self._agent.tracker_store.retrieve_full_tracker(self.id)
        if tracker is None:
            return Inside(errors=tuple(self._errors.texts))
        understood = [event for event in events if event["event"] == "user"]
        return Inside(
            intent=understood[-1]["parse_data"]["intent"].get("name") or "" if understood else "",
            actions=tuple(e["name"] for e in events if e["event"] == "action" and e["name"]),
            slots=tuple((e["name"], e["value"]) for e in events if e["event"] == "slot"),
            form=tracker.active_loop_name,
            form_step=tracker.get_slot("requested_slot") if tracker.active_loop_name else None,
            mails=tuple(self._new_mails()),
            kept=_kept(tracker),
            errors=tuple(self._errors.texts),
        )

    def _new_mails(self) -> Iterator[str]:
        for path in sorted(self._outbox.glob("*.eml")):
            if path not in self._mails:
                self._mails.append(path)
                yield _mail_text(path)

    def _code(self) -> str:
        for path in reversed(self._mails):
            if found := _CODE.search(_mail_text(path)):
                return found[0]
        raise CannotPlay("{code}: no mail with a six-digit code has left yet")


class _ErrorLog(logging.Handler):
    """Collects what is logged as an error: Rasa and the actions log an exception and say something else."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            error, trace = record.exc_info[1], record.exc_info[1].__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            at = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
            text = f"{text}: {type(error).__name__}: {error}{at}"
        self.texts.append(text)

    def __enter__(self) -> None:
        logging.getLogger().addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


@contextlib.contextmanager
def _surroundings(data: Path) -> Iterator[None]:
    """Let the process write to `data` and reach nothing outside; put everything back afterwards."""
    before = {name: value for name, value in os.environ.items() if _OUTSIDE.fullmatch(name)}
    close_desk()
    for name in before:
        del os.environ[name]
    os.environ |= {"WHICHPLAN_DATA": str(data), "WHICHPLAN_SECRET": SECRET}
    try:
        yield
    finally:
        close_desk()
        set_clock(None)
        del os.environ["WHICHPLAN_DATA"], os.environ["WHICHPLAN_SECRET"]
        os.environ |= before


def _mail_text(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    files = [part.get_filename() or "" for part in mail.iter_attachments()]
    text = body.get_content() if body else ""
    return f"To: {mail['to']}\nSubject: {mail['subject']}\nFiles: {', '.join(files)}\n\n{text}"


def _kept(tracker: Any) -> str:
    """Return what the store keeps of the parent: their words, what was read from them, the slots."""
    kept: list[Any] = []
    for event in tracker.events:
        data = event.as_dict()
        if data["event"] == "user":
            kept += [
                data.get("text"),
                data.get("parse_data", {}).get("text"),
                data.get("parse_data", {}).get("entities"),
            ]
        elif data["event"] == "slot":
            kept.append(data.get("value"))
        elif data["event"] == "bot":
            kept.append(data.get("text"))
    return "\n".join(one if isinstance(one, str) else json.dumps(one, default=str) for one in kept if one)
