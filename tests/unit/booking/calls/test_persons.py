"""Who booked is sealed in the files, found by equal e-mails and phones, and outlives a change of the secret."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from assistant.booking import Booked, Booking, Consultation, Contact, DatabaseUnreachable, Held
from assistant.booking.calls import database as module
from assistant.booking.calls.database import VERSION_TABLE, Database, database_url
from assistant.booking.calls.persons import Persons
from assistant.booking.calls.tables import calls, codes
from assistant.booking.desk.rows import UNREADABLE
from assistant.settings import Settings
from tests.booking_world import SEATTLE, Clock, book
from tests.postgresql import running_postgresql

SECRET, NEXT = b"s" * 32, b"n" * 32
WREN = Contact("Wrenna Tamsin", "wrenna@plum.example.org", "+12065550142")
REASON = "the zyzzyva bus"
PLANTED = (b"wrenna", b"tamsin", b"plum.example", b"2065550142", b"zyzzyva", b"bus")
Open = Callable[..., Booking]


def readable(data: Path) -> list[bytes]:
    """Return which planted piece stands in any byte of the booking files."""
    raw = b"".join(path.read_bytes().lower() for path in data.glob("bookings.db*"))
    return [piece for piece in PLANTED if piece in raw]


async def booked(desk: Booking, key: str = "k") -> str:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "talk")
    assert isinstance(held, Held)
    done = await desk.confirm(held, WREN, conversation="talk", zone=SEATTLE, reason=REASON, key=key)
    assert isinstance(done, Booked)
    return done.call.id


@pytest.fixture
def open_desk(consultation: Consultation, settings: Settings, clock: Clock) -> Open:
    def opened(*secrets: bytes) -> Booking:
        return Booking.open(
            consultation, replace(settings, secret=secrets[0], old_secrets=secrets[1:]), clock=clock
        )

    return opened


async def test_no_byte_of_the_files_names_who_booked(desk: Booking, settings: Settings) -> None:
    await booked(desk)
    await desk.request_code("Wrenna@plum.example.org", "other")
    assert readable(settings.data) == []
    (call,) = await desk.all_calls()
    assert (call.name, call.email, call.phone, call.reason) == (WREN.name, WREN.email, WREN.phone, REASON)
    await desk.cancel(call.id, conversation=None)
    assert readable(settings.data) == []


async def test_an_older_secrets_calls_are_sealed_anew_and_outlive_it(open_desk: Open, clock: Clock) -> None:
    before = open_desk(SECRET)
    call = await booked(before)
    before.close()
    open_desk(NEXT, SECRET).close()  # the month in which both count
    after = open_desk(NEXT)
    (found,) = await after.all_calls()
    assert (found.id, found.email, found.reason) == (call, WREN.email, REASON)
    assert (await after.upcoming("talk"))[0].name == WREN.name
    for place in (1, 2):
        await book(after, f"talk{place}", place, WREN)
    held = await after.hold((await after.openings(SEATTLE, limit=50))[5], "one more")
    assert isinstance(held, Held)
    refused = await after.confirm(held, WREN, conversation="one more", zone=SEATTLE, key="one more")
    assert not isinstance(refused, Booked), "the call of the old secret counts among the three of an e-mail"
    after.close()


async def test_a_secret_that_is_gone_hides_the_name_and_not_the_time(open_desk: Open) -> None:
    before = open_desk(SECRET)
    call = await booked(before)
    before.close()
    after = open_desk(NEXT)
    (found,) = await after.all_calls()
    assert (found.id, found.name, found.email) == (call, UNREADABLE, None)
    with pytest.raises(DatabaseUnreachable, match="WHICHPLAN_SECRET_OLD"):
        await after.upcoming("talk")
    assert found.start not in [one.start for one in await after.openings(SEATTLE, limit=50)]
    after.close()


def old_form(url: str) -> None:
    """Make a database as the version before did, with two calls, a hold and a code in it."""
    engine = sa.create_engine(url, future=True)
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    with engine.begin() as rows:
        config.attributes["connection"] = rows
        command.upgrade(config, "0002")
        for number, who in enumerate((WREN, Contact("Lee", None, "+12065550177"), None)):
            day = f"2026-12-0{number + 1}"
            rows.execute(
                sa.text(
                    "INSERT INTO calls (id, advocate, starts_at, ends_at, blocked_until, state, held_until, conversation, key, sequence, zone, name, email, phone, reason, made_at)"
                    " VALUES (:id, 'ann', :s, :e, :e, :state, :s, 'talk', :id, 0, 'America/Chicago', :name, :email, :phone, :reason, :s)"
                ),
                {
                    "id": f"call{number}", "s": f"{day} 18:00:00.000000", "e": f"{day} 18:30:00.000000", "state": "booked" if who else "held",
                    "name": who and who.name, "email": who and who.email, "phone": who and who.phone, "reason": who and REASON,
                },
            )  # fmt: skip
        rows.execute(
            sa.text(
                "INSERT INTO codes VALUES ('code', 'wrenna@plum.example.org', 'talk', '2026-12-01 18:00:00.000000', 2, NULL)"
            )
        )
    engine.dispose()


def has_all(url: str) -> None:
    database = Database(url, SECRET)
    with database.reading() as rows:
        found = rows.execute(sa.select(calls).order_by(calls.c.id)).all()
        kept = [database.persons.person(row.person) for row in found]
        assert [(one.name, one.email, one.phone, one.reason) for one in kept] == [
            (WREN.name, WREN.email, WREN.phone, REASON),
            ("Lee", None, "+12065550177", REASON),
            (None, None, None, None),
        ]
        assert [row.state for row in found] == ["booked", "booked", "held"]
        mine = calls.c.email_key.in_(Persons(SECRET).keys("WRENNA@plum.example.org"))
        assert rows.execute(sa.select(calls.c.id).where(mine)).scalars().all() == ["call0"]
        (code,) = rows.execute(sa.select(codes)).all()
        assert (code.id, code.wrong) == ("code", 2)
        assert database.persons.opened(code.address) == {"email": WREN.email}
        assert rows.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == "0003"
        names = {column["name"] for column in sa.inspect(rows).get_columns("calls")}
        assert not names & {"name", "email", "phone", "reason"}
    with pytest.raises(sa.exc.IntegrityError), database.writing() as rows:  # the guard is still there
        row = rows.execute(sa.select(calls).where(calls.c.id == "call0")).one()
        rows.execute(calls.insert().values(**{**row._mapping, "id": "twice", "key": "twice"}))
    database.close()


def test_a_file_of_the_version_before_keeps_every_row_and_no_word(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    old_form(url)
    assert set(PLANTED) == set(readable(tmp_path))
    has_all(url)
    assert readable(tmp_path) == []
    with sqlite3.connect(tmp_path / "bookings.db") as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.needs("postgresql")
def test_so_does_postgresql() -> None:
    with running_postgresql() as server:
        url = database_url(server.url, Path())
        old_form(url)
        has_all(url)
