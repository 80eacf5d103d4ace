"""Brings every table to its newest form: `python -m assistant.engine.migrate`, once before new workers start.

A worker does the same at its own start; a job of its own shows a failure before any worker is replaced.
"""

from __future__ import annotations

import sys

from assistant.booking.database import DatabaseUnreachable
from assistant.booking.shared import open_desk
from assistant.engine.server import START_ERRORS
from assistant.settings import read_settings


def main() -> None:
    """Make and migrate the tables of talks and bookings, or say in one sentence why not."""
    from assistant.channels.transcripts import Transcripts
    from assistant.engine.unused_imports import import_rasa

    import_rasa()
    from assistant.tracker.store import TalkStore, TalksUnreachable

    try:
        settings = read_settings()
        TalkStore(settings.trackers_url).close()
        Transcripts(settings.talks_url)
        open_desk()
    except (*START_ERRORS, DatabaseUnreachable, TalksUnreachable) as error:
        sys.exit(f"The tables were not brought to their newest form: {error}")
    sys.stdout.write("The tables are in their newest form.\n")


if __name__ == "__main__":
    main()
