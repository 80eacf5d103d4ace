"""Chat, e-mail, calendar file and database name one and the same instant, in every US zone, on any server."""

from __future__ import annotations

import os
import re
import time as clock_of_the_server
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.booking import Booking, Call
from assistant.booking.calls.database import Database, database_url
from assistant.booking.calls.tables import calls
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.holds import Holds
from assistant.booking.desk.store import Store
from assistant.booking.desk.unproven import Unproven
from assistant.booking.sent.invitation import invitation
from assistant.booking.sent.mail import call_mail
from assistant.booking.sent.notices import Notices
from assistant.booking.zones import US_ZONES, spoken, zone_words
from tests.booking_world import MONDAY_MORNING

EXAMPLES = int(os.environ.get("WHICHPLAN_BOOKING_EXAMPLES", "50"))
"""`make faults` tries 1,000."""
HALF = timedelta(minutes=30)
CONSULTATION = load_consultation(Path("content/consultation.yml"), {})
_TERRITORIES = {"US", "PR", "GU", "AS", "VI", "MP"}


def us_zones() -> list[str]:
    """Every zone that IANA lists for the United States and their territories."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return sorted({row[2] for row in rows if row[0] in _TERRITORIES} | set(US_ZONES))


ZONES = us_zones()


def change_days() -> list[datetime]:
    """Midnight UTC of both change days of each year, 2026 to 2031."""
    days = []
    for year in range(2026, 2032):
        march, november = datetime(year, 3, 8, tzinfo=UTC), datetime(year, 11, 1, tzinfo=UTC)
        days += [day + timedelta(days=(6 - day.weekday()) % 7) for day in (march, november)]
    return days


around_changes = st.tuples(st.sampled_from(change_days()), st.integers(-48, 96)).map(
    lambda one: one[0] + one[1] * HALF
)
any_instants = st.integers(0, 6 * 365 * 48 - 1).map(
    lambda halves: datetime(2026, 1, 1, tzinfo=UTC) + halves * HALF
)


@pytest.fixture(scope="module", params=["UTC", "Pacific/Auckland"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    clock_of_the_server.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    clock_of_the_server.tzset()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    database = Database(database_url("", tmp_path_factory.mktemp("instants")), b"s" * 32)
    unproven = Unproven(CONSULTATION, b"s" * 32, database.persons)
    holds = Holds(database, CONSULTATION, unproven)
    return Store(database, CONSULTATION, Notices(CONSULTATION), holds, unproven)


def written_instant(text: str, zone: str, year: int) -> datetime:
    """Read a time as a person reads it, the sentence about the clock change included."""
    match = re.search(
        rf"(\w+day), (\w+ \d+) at (\d+:\d\d [AP]M) {re.escape(zone_words(ZoneInfo(zone)))}(?: \((before|after) the clocks change\))?",
        text,
    )
    assert match, text
    local = datetime.strptime(f"{match[2]} {year} {match[3]}", "%B %d %Y %I:%M %p")  # noqa: DTZ007 - its zone follows
    assert f"{local:%A}" == match[1]
    return local.replace(tzinfo=ZoneInfo(zone), fold=int(match[4] == "after")).astimezone(UTC)


def instant_by_its_own_rules(ics: bytes) -> datetime:
    """Read DTSTART by the VTIMEZONE of the file alone, as a calendar without a table of zones does."""
    calendar = Calendar.from_ical(ics)
    start = calendar.walk("VEVENT")[0]["DTSTART"]
    written = start.dt.replace(tzinfo=None)
    if start.dt.tzinfo is UTC or start.to_ical().endswith(b"Z"):
        return written.replace(tzinfo=UTC)
    rules = []
    for part in calendar.walk("VTIMEZONE")[0].subcomponents:
        for onset in onsets(part, written.year):
            rules.append((onset, part["TZOFFSETTO"].td))
    offset = max((rule for rule in rules if rule[0] <= written), key=lambda rule: rule[0])[1]
    return (written - offset).replace(tzinfo=UTC)


def onsets(part: object, year: int) -> list[datetime]:
    begin = part["DTSTART"].dt  # type: ignore[index]
    if "RRULE" not in part:  # type: ignore[operator]
        return [begin]
    rule = part["RRULE"]  # type: ignore[index]
    month, (day,) = int(rule["BYMONTH"][0]), rule["BYDAY"]
    number, weekday = int(day[:-2]), ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(day[-2:])
    found = []
    for one in (year - 1, year):
        first = begin.replace(year=one, month=month, day=1)
        of_month = [
            first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == month
        ]
        right = [moment for moment in of_month if moment.weekday() == weekday]
        found.append(right[number - 1 if number > 0 else number])
    return found


@example(zone="America/Los_Angeles", start=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
@example(zone="America/Los_Angeles", start=datetime(2027, 3, 14, 10, 30, tzinfo=UTC))
@example(zone="America/Phoenix", start=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
@example(zone="Pacific/Honolulu", start=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
@example(zone="America/Puerto_Rico", start=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
@given(zone=st.sampled_from(ZONES), start=around_changes | any_instants)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_chat_mail_calendar_and_database_agree(
    server_zone: str, store: Store, zone: str, start: datetime
) -> None:
    call = Call(
        id=f"{abs(hash((zone, start))):032x}"[:32], advocate="founder", start=start, end=start + HALF, state="booked",
        sequence=0, conversation="talk", made_at=MONDAY_MORNING, zone=zone, name="Dana", email="dana@example.org",
    )  # fmt: skip
    year = start.astimezone(ZoneInfo(zone)).year
    chat = spoken(start, ZoneInfo(zone))
    assert written_instant(chat, zone, year) == start
    mail = call_mail("booked", call, CONSULTATION, to="parent", once="x", now=MONDAY_MORNING, links={})
    assert chat in " ".join(mail["Subject"].split())
    body = mail.get_body(("plain",))
    assert body is not None and chat in body.get_content()
    ics = invitation(call, CONSULTATION, MONDAY_MORNING)
    assert Calendar.from_ical(ics).walk("VEVENT")[0].start.astimezone(UTC) == start
    assert instant_by_its_own_rules(ics) == start
    advocate = call_mail("booked", call, CONSULTATION, to="founder", once="x", now=MONDAY_MORNING, links={})
    own = CONSULTATION.advocates[0].zone.key
    assert written_instant(advocate["Subject"], own, start.astimezone(ZoneInfo(own)).year) == start
    assert kept(store, call).start == start


def kept(store: Store, call: Call) -> Call:
    """Write the call to the database, read it, take it out again."""
    row = {
        "id": call.id, "advocate": call.advocate, "starts_at": call.start, "ends_at": call.end,
        "blocked_until": call.end, "state": "booked", "conversation": "talk", "sequence": 0, "zone": call.zone,
        "made_at": call.made_at,
    }  # fmt: skip
    with store._database.writing() as connection:
        connection.execute(calls.insert().values(**row))
    found = store.call(call.id)
    with store._database.writing() as connection:
        connection.execute(calls.delete().where(calls.c.id == call.id))
    assert found is not None
    return replace(found, state="booked")


@pytest.mark.parametrize("zone", ZONES)
def test_every_half_hour_around_every_change_is_said_unmistakably(zone: str) -> None:
    for day in change_days():
        for start in (day + number * HALF for number in range(-12, 60)):
            assert written_instant(spoken(start, ZoneInfo(zone)), zone, day.year) == start


def test_every_zone_has_a_name_that_a_parent_knows() -> None:
    assert len(ZONES) >= 29
    for zone in ZONES:
        assert zone_words(ZoneInfo(zone)).removesuffix(" time") not in ("", "UTC")


async def test_the_office_hours_stay_on_the_wall_clock_through_the_change(
    desk: Booking, server_zone: str
) -> None:
    """Openings before and after the spring change are at the same local hours."""
    seattle = ZoneInfo("America/Los_Angeles")
    desk.clock = lambda: datetime(2027, 3, 8, 12, tzinfo=UTC)
    local = [one.start.astimezone(seattle) for one in await desk.openings(seattle, limit=200)]
    hours = {
        week: {one.hour for one in local if one.isocalendar().week == week and one.weekday() == 1}
        for week in (10, 11)
    }
    assert hours[10] and hours[10] == hours[11]
