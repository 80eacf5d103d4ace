"""Approves the words of a topic, point or letter: `make approve id=letters/records by=Dana` (without id: all whose words changed).

Writes who, when, the next review and the digest of the words. Words that change afterwards fail `make check` until somebody has read
them again.
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path

from assistant import clock
from assistant.knowledge import answers, letters, points
from assistant.knowledge.points import name_of, point_files
from assistant.knowledge.source import ANSWERS, TOPIC, ContentError, read

REVIEW_AFTER = timedelta(days=181)
_APPROVED = re.compile(r"^approved:.*(?:\n[ \t].*)*\n?", re.MULTILINE)
_DAY = re.compile(r'^(reviewed|review_by): "?[\d-]+"?$', re.MULTILINE)


def approve(path: Path, by: str, today: date) -> None:
    """Write the approval of a file's words into it. A topic is reviewed again after as long as before: some rest on news.

    Raises:
        ContentError: The file can't be read.
    """
    data = read(path).data
    text = path.read_text(encoding="utf-8")
    if path.name == TOPIC:
        line = f'approved: {{by: {by}, digest: "{answers.digest(data)}"}}\n'
        after = date.fromisoformat(data["review_by"]) - date.fromisoformat(data["reviewed"])
        days = {"reviewed": today, "review_by": today + min(after, REVIEW_AFTER)}
        text = _DAY.sub(lambda found: f'{found[1]}: "{days[found[1]]}"', text)
    else:
        line = f'approved: {{by: {by}, on: "{today}", review_by: "{today + REVIEW_AFTER}", digest: "{_digest(path)}"}}\n'
    found = _APPROVED.search(text)
    path.write_text(
        f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{text.rstrip()}\n{line}",
        encoding="utf-8",
    )


def files_by_name(folder: Path = ANSWERS) -> dict[str, Path]:
    """Return all that can be approved: `ask_cost`, `ask_cost/camp_fee`, `letters/records`."""
    topics = {path.parent.name: path for path in sorted(folder.glob(f"*/{TOPIC}"))}
    rest = [*point_files(folder), *letters.letter_files(folder.parent / "letters")]
    return topics | {name_of(path): path for path in rest}


def changed(folder: Path = ANSWERS) -> list[Path]:
    """Return the files whose words are not those that were approved."""
    return [
        path
        for path in files_by_name(folder).values()
        if read(path).data.get("approved", {}).get("digest") != _digest(path)
    ]


def _digest(path: Path) -> str:
    data = read(path).data
    if path.name == TOPIC:
        return answers.digest(data)
    return letters.digest(data) if path.parent.name == "letters" else points.digest(data)


def main() -> None:
    """Approve what the command line names and say so."""
    name, by = [*sys.argv[1:], "", ""][:2]
    known = files_by_name()
    names = {path: name for name, path in known.items()}
    if name and name not in known:
        sys.exit(
            f"There is no {name}. Name a topic, point or letter, such as ask_placement, ask_placement/i_say_no, letters/records."
        )
    if not re.fullmatch(r"[A-Za-z][\w .'-]*", by):
        sys.exit("Say who approves: make approve id=ask_placement/i_say_no by=editors")
    try:
        for path in [known[name]] if name else changed():
            approve(path, by, clock.now().date())
            sys.stdout.write(f"approved by {by}: {names[path]}\n")
    except ContentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
