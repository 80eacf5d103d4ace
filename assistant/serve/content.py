"""What the assistant says, as a whole: read and checked by itself, and taken over by a running process at once.

`python -m assistant.serve.content` reads and checks the content in a process of its own and writes it to standard output for the
server that asked: a thread of the server's would hold up the parents who are being answered.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.booking.consultation import Consultation
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.shared import consultation, desk_if_open
from assistant.booking.fields import ConsultationError
from assistant.knowledge.library import Library, change_library, load_library
from assistant.knowledge.source import CONTENT, CONTENT_VARIABLE, TOPIC, ContentError
from assistant.settings import TOP
from assistant.talk.phrases import PHRASES, Phrases, load_phrases

READ_SECONDS = 60.0


@dataclass(frozen=True)
class Content:
    """Everything that is said, of one state of the files."""

    library: Library
    phrases: Phrases
    consultation: Consultation


def load_content() -> Content:
    """Read all of it.

    Raises:
        ContentError, ConsultationError: Something is broken, or the words of a point or topic are not those that were approved.
    """
    found = Content(
        load_library(), load_phrases(), load_consultation(CONTENT / "consultation.yml", os.environ)
    )
    refuse_unapproved(found.library)
    return found


def refuse_unapproved(library: Library) -> None:
    """Let no words reach a parent that nobody has approved.

    Raises:
        ContentError: The words of a point or topic changed since; the text names the command.
    """
    points = {
        f"{one.name}.yml": one.name for one in library.points.values() if one.changed and one.status == "live"
    }
    topics = {f"{one.intent}/{TOPIC}": one.intent for one in library.answers.values() if one.changed}
    for path, name in (points | topics).items():
        raise ContentError(
            f"content/en/answers/{path}: the words changed after they were approved. "
            f"Read them, then run: make approve id={name} by=your_name"
        )


def read_apart(folder: Path) -> Content:
    """Return the content of a folder, read by a process of its own; blocks for some two seconds.

    Raises:
        ContentError: It is broken; the text is the reader's own.
    """
    done = subprocess.run(  # our own command
        [sys.executable, "-W", "ignore", "-m", "assistant.serve.content"],
        cwd=TOP,
        env=os.environ | {CONTENT_VARIABLE: str(folder)},
        capture_output=True,
        timeout=READ_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ContentError(done.stderr.decode(errors="replace").strip()[-500:] or "the content can't be read")
    found: Content = pickle.loads(done.stdout)  # noqa: S301  # our own process
    return found


def take_over(new: Content) -> None:
    """Let this process say it from the next turn on; to be called in the event loop, where no turn is halfway.

    Phrases and consultation are held by many parts: the objects stay and get the new values, so that all follow at once.
    """
    change_library(new.library)
    _become(PHRASES, new.phrases)
    _become(consultation(), new.consultation)
    desk = desk_if_open()
    if desk is not None:
        desk.follow_consultation()


def _become(held: Any, new: Any) -> None:
    for field in fields(new):
        old, fresh = getattr(held, field.name), getattr(new, field.name)
        if isinstance(old, dict) and isinstance(fresh, dict):  # a module may hold the mapping itself
            old.update(fresh)
            for key in old.keys() - fresh.keys():
                del old[key]
        else:
            object.__setattr__(held, field.name, fresh)


def main() -> None:
    """Write the content for the server that asked, or say what is broken."""
    import assistant.serve.content as this  # pickled under the name by which the server knows it

    try:
        found = this.load_content()
    except (ContentError, ConsultationError) as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
