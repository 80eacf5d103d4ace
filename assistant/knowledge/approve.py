"""Approves the words of a point or letter: `make approve id=letters/records by=Dana` (without id: all whose words changed).

Writes who, when, the next review and the digest of the words. Words that change afterwards fail `make check` until somebody has read
them again.
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path

from assistant import clock
from assistant.knowledge import letters
from assistant.knowledge.points import digest, name_of, point_files
from assistant.knowledge.source import ANSWERS, ContentError, read

REVIEW_AFTER = timedelta(days=181)
_APPROVED = re.compile(r"^approved:.*(?:\n[ \t].*)*\n?", re.MULTILINE)


def approve(path: Path, by: str, today: date) -> None:
    """Write the approval of one point's words into its file.

    Raises:
        ContentError: The file can't be read.
    """
    words = _digest(path)
    line = f'approved: {{by: {by}, on: "{today}", review_by: "{today + REVIEW_AFTER}", digest: "{words}"}}\n'
    text = path.read_text(encoding="utf-8")
    found = _APPROVED.search(text)
    path.write_text(
        f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{text.rstrip()}\n{line}",
        encoding="utf-8",
    )


def changed(answers: Path = ANSWERS) -> list[Path]:
    """Return the points whose words are not those that were approved."""
    files = [*point_files(answers), *letters.letter_files(answers.parent / "letters")]
    return [path for path in files if read(path).data.get("approved", {}).get("digest") != _digest(path)]


def _digest(path: Path) -> str:
    data = read(path).data
    return letters.digest(data) if path.parent.name == "letters" else digest(data)


def main() -> None:
    """Approve what the command line names and say so."""
    name, by = [*sys.argv[1:], "", ""][:2]
    known = {name_of(path): path for path in [*point_files(), *letters.letter_files()]}
    if name and name not in known:
        sys.exit(f"There is no point {name}. Name one such as {next(iter(known), 'ask_placement/i_say_no')}.")
    if not re.fullmatch(r"[A-Za-z][\w .'-]*", by):
        sys.exit("Say who approves: make approve id=ask_placement/i_say_no by=editors")
    try:
        for path in [known[name]] if name else changed():
            approve(path, by, clock.now().date())
            sys.stdout.write(f"approved by {by}: {name_of(path)}\n")
    except ContentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
