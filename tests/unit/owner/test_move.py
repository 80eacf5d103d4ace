from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.clock import now
from assistant.handover.store import WAITING, HandOver
from assistant.owner.move import NotMoved, move
from assistant.store.talks_database import open_engine
from assistant.store.transcripts import Transcripts
from assistant.unanswered.store import Unanswered
from tests.postgresql import running_postgresql


@pytest.mark.needs("postgresql")
def test_talks_bookings_and_the_outbox_go_on_in_postgresql(filled) -> None:
    with running_postgresql() as database:
        moved = move(filled.settings, database.url)
        there = replace(
            filled.settings, database_url=database.url.replace("postgresql://", "postgresql+psycopg2://")
        )
        assert moved["calls"] == 1
        assert moved["outbox"] > 1
        assert filled.said(there) == filled.said(filled.settings) != []
        assert filled.calls(there) == filled.calls(filled.settings), (
            "the instant is the same, whatever zone a database has"
        )
        assert HandOver(open_engine(there.talks_url), there.secrets).state(filled.token.talk) == WAITING
        assert len(Unanswered(there.talks_url, there.secrets).rows()) == 1
        transcripts = Transcripts(there.talks_url)
        transcripts.keep(filled.token, "m2", [{"from": "parent", "id": "m2", "text": "and now?"}], now())
        assert filled.said(there)[-1] == "and now?", "numbers go on where the file's ended"
        with pytest.raises(NotMoved, match="rows already"):
            move(filled.settings, database.url)


def test_an_address_that_is_none_moves_nothing(filled) -> None:
    for wrong in ("", "mysql://host/base", "postgresql://nobody@127.0.0.1:1/none"):
        with pytest.raises(NotMoved):
            move(filled.settings, wrong)
