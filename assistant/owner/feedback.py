"""Thumbs and reasons below answers, worst first: `make feedback ARGS="--since 2026-11-01 --csv thumbs.csv"`.

Reasons are masked and sealed when they are stored. They go as the talk does, after `talks_days`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import StringIO
from itertools import groupby
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant.private_files import private_file
from assistant.settings import SettingsError, read_settings
from assistant.store.feedback import Feedback, Verdict


@dataclass(frozen=True)
class Row:
    """One answer for one plan."""

    intent: str
    plan: str
    up: int
    down: int
    reasons: tuple[str, ...]


def rows(verdicts: Sequence[Verdict]) -> list[Row]:
    """Return a row for each answer and plan, that with most thumbs down first."""

    def about(one: Verdict) -> tuple[str, str]:
        return one.intent, one.plan

    found = []
    for (intent, plan), group in groupby(sorted(verdicts, key=about), key=about):
        mine = list(group)
        down = [one for one in mine if not one.helpful]
        reasons = tuple(one.reason for one in down if one.reason)
        found.append(Row(intent, plan, len(mine) - len(down), len(down), reasons))
    return sorted(found, key=lambda row: (-row.down, row.up, row.intent, row.plan))


def lines(found: Sequence[Row]) -> Iterator[str]:
    """Yield what the terminal shows."""
    if not found:
        yield "No thumbs in this time."
        return
    yield "down  up  answer"
    for row in found:
        yield f"{row.down:4}  {row.up:2}  {row.intent} ({row.plan})"
        yield from (f"          “{reason}”" for reason in row.reasons)


def as_csv(found: Sequence[Row]) -> str:
    """Return the rows for a spreadsheet, one reason a line of its last field."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["answer", "plan", "down", "up", "reasons"])
    # what begins with one of these a spreadsheet would run as a formula
    for row in found:
        reasons = "\n".join(f"'{one}" if one.startswith(("=", "+", "-", "@")) else one for one in row.reasons)
        writer.writerow([row.intent, row.plan, row.down, row.up, reasons])
    return written.getvalue()


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no day; write one such as 2026-11-01") from None


def main(arguments: Sequence[str] | None = None) -> None:
    """Show the thumbs, or write them to a file."""
    parser = argparse.ArgumentParser(prog="make feedback", description="Thumbs and reasons, by answer.")
    parser.add_argument("--since", type=_day, default=date.min, help="a day, 2026-11-01")
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="write a table instead; only its owner may read it"
    )
    chosen = parser.parse_args(arguments)
    try:
        settings = read_settings()
        store = Feedback(settings.talks_url, settings.secrets)
        found = rows(store.verdicts(datetime.combine(chosen.since, time(), UTC)))
        if chosen.csv is None:
            sys.stdout.write("\n".join(lines(found)) + "\n")
            return
        private_file(chosen.csv)
        chosen.csv.write_text(as_csv(found), encoding="utf-8")
    except (SettingsError, SQLAlchemyError, OSError) as error:
        sys.exit(f"The thumbs can't be shown ({type(error).__name__}): {str(error).splitlines()[0]}")
    sys.stdout.write(f"{len(found)} rows in {chosen.csv}\n")


if __name__ == "__main__":
    main()
