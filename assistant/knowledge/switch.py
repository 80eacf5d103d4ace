"""Switches an answer off or on: `make switch id=ask_placement/i_say_no to=off`. A running server follows within the minute.

An answer that is off gives way to one safe sentence and a person; a topic that is off takes its points along. Nothing is trained.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from assistant.knowledge.source import ANSWERS, topic_file

STATES = ("live", "off")
_STATUS = re.compile(r"^status:.*\n?", re.MULTILINE)


class NotSwitched(ValueError):
    """The answer can't be switched; the text says why and what to do."""


def switch(name: str, to: str, answers: Path = ANSWERS) -> Path:
    """Write the state of a topic or point into its file, whole or not at all; return the file.

    Raises:
        NotSwitched: There is no such answer, no such state, or the point is a draft.
    """
    if to not in STATES:
        raise NotSwitched(f"to={to} is no state. Write to=off or to=live.")
    topic, _, point = name.partition("/")
    path = answers / topic / f"{point}.yml" if point else topic_file(topic, answers)
    if not re.fullmatch(r"[a-z0-9_]+(?:/[a-z0-9_]+)?", name) or not path.is_file():
        raise NotSwitched(
            f"There is no answer {name}. Name a topic or a point: make switch id=ask_placement/i_say_no to=off"
        )
    text = path.read_text(encoding="utf-8")
    found = _STATUS.search(text)
    if found and "draft" in found[0]:
        raise NotSwitched(f"{name} is a draft. Approve its words and write status: live by hand.")
    line = f"status: {to}\n"
    text = f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{text.rstrip()}\n{line}"
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def main() -> None:
    """Switch what the command line names and say so."""
    name, to = [*sys.argv[1:], "", ""][:2]
    try:
        path = switch(name, to)
    except NotSwitched as error:
        sys.exit(str(error))
    sys.stdout.write(
        f"{name} is {to}: {path}. A running server says so within the minute; audit.log names who.\n"
    )


if __name__ == "__main__":
    main()
