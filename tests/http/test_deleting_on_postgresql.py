"""Deleting on PostgreSQL: no table keeps a row of the talk, whatever the talk left."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.store.talks_database import open_engine
from tests.http.world import Parent, Server
from tests.postgresql import running_postgresql

SECRET = "a secret for a test, as long as it has to be"
OURS = {"talks_pulse", "booking_version"}
"""Tables that know no talk: whether the database can be written, and which form it has."""
BY_ADDRESS = {"limit_hits", "tries"}
"""What a network address did in the last minute or hour, by a keyed hash."""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with running_postgresql() as running:
        yield running.url


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("postgresql") / "data"
    running = Server(folder, DATABASE_URL=database, WHICHPLAN_SECRET=SECRET)
    yield running
    running.stop()


def rows(url: str) -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg2://"), future=True)
    with engine.connect() as database:
        return {
            table: list(database.execute(sa.text(f'SELECT t::text FROM "{table}" t')).scalars())
            for table in sa.inspect(engine).get_table_names()
        }


def a_talk_that_leaves_rows(server: Server, database: str) -> Parent:
    """Leave a verdict, a held time, a question to a person, counts; return the parent."""
    parent = Parent(server)
    reply = parent.says("what is a 504 plan")[0]
    sent = {"reply": reply["id"], "helpful": False, "reason": "quokka"}
    assert parent.http.post("/v1/feedback", json=sent).status_code == 204
    for said in ("book a call", "Wren", "wren@quokka.example.org"):
        parent.says(said)
    parent.presses("")  # the time is held from here on
    url = database.replace("postgresql://", "postgresql+psycopg2://")
    HandOver(open_engine(url), SECRET.encode()).ask(parent.talk, ["a summary"], now())
    return parent


@pytest.mark.needs("postgresql")
@pytest.mark.parametrize("how", ["DELETE", "typed"])
def test_no_table_keeps_a_row(server: Server, database: str, how: str) -> None:
    parent = a_talk_that_leaves_rows(server, database)
    full = {table for table, found in rows(database).items() if found}
    assert full >= {"web_talks", "web_messages", "web_feedback", "events", "calls", "handovers", "handover_lines", "limit_hits"}  # fmt: skip
    if how == "DELETE":
        assert parent.http.delete("/v1/conversations").status_code == 204
    else:
        parent.deletes_in_words()
    left = rows(database)
    assert {table for table, found in left.items() if found} <= OURS | BY_ADDRESS
    counted = hmac.digest(SECRET.encode(), f"talk {parent.talk}".encode(), hashlib.sha256).hex()
    assert not [row for row in left["limit_hits"] if counted in row]
    assert not [row for found in left.values() for row in found if parent.talk in row or "quokka" in row]
