"""What was not answered, `make unanswered`: the list, and for each row the one step that ends it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant.clock import now
from assistant.knowledge.new_question import QuestionError
from assistant.private_files import private_file, private_folder
from assistant.settings import TOP, Settings, SettingsError, read_settings
from assistant.unanswered.changes import FEWEST_PUBLISHED, NotChanged, add_point, add_wording, wording
from assistant.unanswered.groups import Encode, Group, grouped
from assistant.unanswered.page import about_lines, next_steps, page
from assistant.unanswered.store import DONE, NEW, NOT_OURS, WAITING, Unanswered

SHOWN_TEXTS = 3
STATES = {"not-ours": NOT_OURS, "waiting": WAITING, "done": DONE}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        store = Unanswered(settings.talks_url, settings.secrets)
        groups = grouped(store.rows(_shown(options), now() - timedelta(days=options.days)), _encode())
        if options.command in (None, "list"):
            return _list(groups, settings)
        group = _group(groups, options.row)
        if options.command == "wording":
            new = wording(options.point, group.texts, len(group.rows), options.line, options.held_out)
            return _written(
                store,
                group,
                add_wording(new, options.top),
                "make train, then make replay ARGS='-k unanswered'",
            )
        if options.command == "point":
            published = group.texts if len(group.rows) >= FEWEST_PUBLISHED else []
            lines = [*([options.line] if options.line else []), *published]
            return _written(
                store,
                group,
                add_point(options.point, lines, options.top),
                "write the words (docs/write/write-a-point.md), then make check",
            )
        store.settle([row.number for row in group.rows], STATES[options.command])
        sys.stdout.write(f"{len(group.rows)} turns: {options.command}\n")
    except (NotChanged, QuestionError, SettingsError, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except SQLAlchemyError as error:
        sys.stderr.write(f"The talks can't be read ({type(error).__name__}). Is the database there?\n")
        return 1
    return 0


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise argparse.ArgumentTypeError(
            f"{written!r} is no number; make unanswered lists the rows by theirs"
        )
    return int(written)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make unanswered", description=__doc__)
    parser.add_argument("--all", action="store_true", help="what was settled too")
    parser.add_argument("--days", type=_number, default=30, help="of so many days (30)")
    parser.add_argument("--top", type=Path, default=TOP, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("list", help="what was not answered, alike together (the default)")
    for name, text in (
        ("wording", "the row asks this point"),
        ("point", "the row asks a point that is to be written"),
    ):
        made = commands.add_parser(name, help=text)
        made.add_argument("row", type=_number, help="as the list shows it")
        made.add_argument("point", help="topic/point")
        made.add_argument("--line", default="", help="the question in words of your own, to train on")
        if name == "wording":
            made.add_argument("--held-out", default="", help="the same in other words, to measure with")
    for name, text in (
        ("not-ours", "no question of ours"),
        ("waiting", "known, to be answered later"),
        ("done", "settled"),
    ):
        commands.add_parser(name, help=text).add_argument("row", type=_number)
    return parser


def _shown(options: argparse.Namespace) -> tuple[str, ...]:
    return (NEW, WAITING, NOT_OURS, DONE) if options.all else (NEW, WAITING)


def _encode() -> Encode:
    def encode(texts: list[str]) -> object:
        from assistant.nlu.encoder import SentenceEncoder

        return SentenceEncoder().encode_all(texts)

    return encode


def _group(groups: Sequence[Group], number: int) -> Group:
    found = next((group for group in groups if any(row.number == number for row in group.rows)), None)
    if found is None:
        raise NotChanged(f"There is no row {number}: see make unanswered, or ARGS=--all.")
    return found


def _list(groups: Sequence[Group], settings: Settings) -> int:
    for group in groups:
        sys.stdout.write(f"{group.id:>5}  {len(group.rows)} turns  {'; '.join(about_lines(group))}\n")
        for text in group.texts[:SHOWN_TEXTS]:
            sys.stdout.write(f"       “{text}”\n")
        sys.stdout.write(f"       nearest: {', '.join(group.near) or 'nothing'}\n")
    if groups:
        sys.stdout.write(
            "Next, for the first row:\n" + "".join(f"  {step}\n" for step in next_steps(groups[0]))
        )
    private_folder(settings.data)
    target = settings.data / "unanswered.html"
    private_file(target)
    target.write_text(page(groups, now().date()), encoding="utf-8")
    turns = sum(len(group.rows) for group in groups)
    sys.stdout.write(f"{turns} turns in {len(groups)} groups; as a page: {target}\n")
    return 0


def _written(store: Unanswered, group: Group, files: Sequence[Path], then: str) -> int:
    store.settle([row.number for row in group.rows], DONE)
    names = "".join(f"  {path.relative_to(TOP) if path.is_relative_to(TOP) else path}\n" for path in files)
    sys.stdout.write(f"Written:\n{names}Next: {then}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
