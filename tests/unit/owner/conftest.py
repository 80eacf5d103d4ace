"""A data folder with everything in it: a booked call, its letters, a talk, a hand-over, a row of what was not answered."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.booking import Booked, Held
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.desk import Booking
from assistant.booking.person.contact import Contact
from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.knowledge.source import CONTENT
from assistant.owner.move import make_every_table
from assistant.settings import Settings, read_settings
from assistant.store.feedback import Feedback
from assistant.store.talks_database import open_engine
from assistant.store.tokens import Signer, TalkToken
from assistant.store.transcripts import Transcripts
from assistant.unanswered.store import Unanswered

ZONE = ZoneInfo("America/Chicago")
WORDS = "my son has no bus since Monday"


class Filled:
    """The folder, and what a parent holds of it."""

    def __init__(self, data: Path) -> None:
        self.env = {"WHICHPLAN_DATA": str(data), "WHICHPLAN_PORT": "8679"}
        self.settings: Settings = read_settings(self.env)
        make_every_table(self.settings)
        self.token, self.written = Signer(self.settings.secrets).new_token()
        url = self.settings.talks_url
        transcripts = Transcripts(url)
        transcripts.open_talk(self.token.talk, "America/Chicago", now())
        transcripts.keep(self.token, "m1", [{"from": "parent", "id": "m1", "text": WORDS}], now())
        Feedback(url, self.settings.secrets).keep(
            self.token.talk, "r1", "ask_cost", "iep", False, "no", now()
        )
        about = {"why": "no_answer", "near": [], "topic": "", "point": "", "plan": "", "state": ""}
        Unanswered(url, self.settings.secrets).note(self.token.talk, "m1", about, "web", "v", WORDS, now())
        HandOver(open_engine(url), self.settings.secrets).ask(self.token.talk, ["summary"], now())
        self.call = asyncio.run(self._book())

    async def _book(self) -> str:
        desk = self.desk(self.settings)
        opening = (await desk.openings(ZONE, None, 1))[0]
        held = await desk.hold(opening.id, self.token.talk)
        assert isinstance(held, Held)
        contact = Contact("Pat", "Pat@Example.org", None)
        booked = await desk.confirm(
            held, contact, conversation=self.token.talk, zone=ZONE, reason="bus", key="k"
        )
        assert isinstance(booked, Booked)
        desk.close()
        return booked.call.id

    @staticmethod
    def desk(settings: Settings) -> Booking:
        return Booking.open(load_consultation(CONTENT / "consultation.yml", os.environ), settings)

    def said(self, settings: Settings, token: TalkToken | None = None) -> list[str]:
        return [one.body["text"] for one in Transcripts(settings.talks_url).since(token or self.token)]

    def calls(self, settings: Settings) -> list[tuple[str, str | None, str, datetime]]:
        async def read() -> list[tuple[str, str | None, str, datetime]]:
            desk = self.desk(settings)
            found = [(c.id, c.email, c.state, c.start.astimezone(UTC)) for c in await desk.all_calls()]
            desk.close()
            return found

        return asyncio.run(read())


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    return Filled(tmp_path / "data")
