"""The advocate's command line, ``make bookings``: list, export, cancel, dead letters."""

import argparse
import asyncio
import csv
import io
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assistant.booking.calls.call import Call, Refused
from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.desk import Booking
from assistant.booking.desk.unproven import NO_PROOF
from assistant.booking.fields import ConsultationError
from assistant.booking.person.contact import phone_words
from assistant.booking.sent.invitation import calendar_file
from assistant.booking.zones import spoken
from assistant.private_files import private_file
from assistant.settings import read_settings

CONTENT = Path(__file__).parents[2] / "content" / "consultation.yml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        desk = Booking.open(load_consultation(options.content, os.environ), read_settings())
    except (ConsultationError, DatabaseUnreachable, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        return asyncio.run(_run(desk, options))
    except (DatabaseUnreachable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        desk.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bookings", description="Calls that parents booked.")
    parser.add_argument("--content", type=Path, default=CONTENT, help="consultation.yml")
    commands = parser.add_subparsers(dest="command")
    shown = commands.add_parser("list", help="calls ahead (the default)")
    shown.add_argument("--all", action="store_true", help="past and canceled ones too")
    export = commands.add_parser("export", help="all calls as a file; - is standard output")
    kind = export.add_mutually_exclusive_group(required=True)
    kind.add_argument("--csv", metavar="FILE")
    kind.add_argument("--ics", metavar="FILE")
    cancel = commands.add_parser("cancel", help="cancel a call, or many; parent and advocate get an e-mail")
    which = cancel.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", help="the id, or its first letters, as list shows it")
    which.add_argument(
        "--since", metavar="WHEN", help="calls asked for since 2026-11-30T14:00, in the advocate's zone"
    )
    cancel.add_argument(
        "--unproven", action="store_true", help="with --since: only where nobody has proven the e-mail"
    )
    cancel.add_argument("--yes", action="store_true", help="with --since: cancel them, not only list them")
    dead = commands.add_parser("dead-letters", help="what could not be sent")
    dead.add_argument("--retry", action="store_true", help="try all of them again")
    return parser


async def _run(desk: Booking, options: argparse.Namespace) -> int:
    if options.command == "export":
        return await _export(desk, options)
    if options.command == "cancel":
        return await (_cancel_since(desk, options) if options.since else _cancel(desk, options.id))
    if options.command == "dead-letters":
        return await _dead_letters(desk, retry=options.retry)
    return await _list(desk, past_too=bool(options.command and options.all))


async def _list(desk: Booking, *, past_too: bool) -> int:
    now = desk.clock()
    calls = [
        call for call in await desk.all_calls() if past_too or (call.state == "booked" and call.end > now)
    ]
    for call in calls:
        state = "" if call.state == "booked" else f"  ({call.state})"
        ways = ", ".join(_ways(call))
        sys.stdout.write(f"{call.id[:8]}  {_when(desk, call)}  {call.name}, {ways}{state}\n")
        if call.reason:
            sys.stdout.write(f"          {' '.join(call.reason.split())}\n")
    sys.stdout.write(f"{len(calls)} call{'s' * (len(calls) != 1)}\n")
    return 0


async def _export(desk: Booking, options: argparse.Namespace) -> int:
    calls = await desk.all_calls()
    if options.ics:
        booked = [call for call in calls if call.state == "booked"]
        _write(options.ics, calendar_file(booked, desk.consultation, desk.clock()))
    else:
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(
            ("id", "state", "start_utc", "end_utc", "when", "advocate", "name", "email", "phone", "reason")
        )
        for call in calls:
            written = (call.name, call.email, call.phone, call.reason)
            rows.writerow(
                (
                    *(call.id, call.state, call.start.isoformat(), call.end.isoformat(), _when(desk, call)),
                    call.advocate,
                    *(_harmless(one or "") for one in written),
                )
            )
        _write(options.csv, text.getvalue().encode())
    return 0


def _harmless(text: str) -> str:
    """Keep a spreadsheet from running what a stranger typed as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _write(name: str, content: bytes) -> None:
    if name == "-":
        sys.stdout.write(content.decode())
    else:
        private_file(Path(name))  # names, e-mails, phones
        Path(name).write_bytes(content)


async def _cancel(desk: Booking, beginning: str) -> int:
    found = [call for call in await desk.all_calls() if call.id.startswith(beginning)]
    if len(found) != 1:
        problem = "no call has" if not found else f"{len(found)} calls have"
        sys.stderr.write(f"{problem} an id that begins with {beginning!r}; see list --all\n")
        return 1
    result = await desk.cancel(found[0].id, conversation=None)
    if isinstance(result, Refused):
        sys.stderr.write(f"not canceled: {result.why.value}\n")
        return 1
    before = " before" if result.repeated else "; the e-mails leave when the assistant runs"
    sys.stdout.write(f"canceled{before}: {_when(desk, result.call)}, {result.call.name}\n")
    return 0


async def _cancel_since(desk: Booking, options: argparse.Namespace) -> int:
    """List or cancel the calls ahead that were asked for since some instant: what a flood left."""
    try:
        since = datetime.fromisoformat(options.since)
    except ValueError:
        sys.stderr.write(f"--since {options.since}: write it as 2026-11-30 or 2026-11-30T14:00\n")
        return 1
    since = since if since.tzinfo else since.replace(tzinfo=desk.consultation.advocates[0].zone)
    now = desk.clock()
    found = [
        call
        for call in await desk.all_calls()
        if call.state == "booked"
        and call.end > now
        and call.made_at >= since
        and (call.proof == NO_PROOF or not options.unproven)
    ]
    done = 0
    for call in found:
        if options.yes:
            done += not isinstance(await desk.cancel(call.id, conversation=None), Refused)
        sys.stdout.write(f"{call.id[:8]}  {_when(desk, call)}  {call.name}, {', '.join(_ways(call))}\n")
    left = (
        f"{done} canceled; the e-mails leave when the assistant runs"
        if options.yes
        else "add --yes to cancel them"
    )
    sys.stdout.write(f"{len(found)} call{'s' * (len(found) != 1)}; {left}\n")
    return 0


async def _dead_letters(desk: Booking, *, retry: bool) -> int:
    if retry:
        sys.stdout.write(f"{await desk.worker.revive()} are tried again\n")
        return 0
    letters = await desk.worker.dead_letters()
    for letter in letters:
        sys.stdout.write(
            f"{letter.id}  {letter.kind}  call {letter.payload.get('call', '-')[:8]}  {letter.error}\n"
        )
    sys.stdout.write(f"{len(letters)} dead letter{'s' * (len(letters) != 1)}\n")
    return 0


def _when(desk: Booking, call: Call) -> str:
    advocate = desk.consultation.advocate(call.advocate)
    return spoken(call.start, advocate.zone) if advocate else call.when


def _ways(call: Call) -> list[str]:
    return [way for way in (call.email, phone_words(call.phone) if call.phone else None) if way]


if __name__ == "__main__":
    sys.exit(main())
