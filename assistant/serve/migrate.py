"""Brings every table to its newest form: `python -m assistant.serve.migrate`, once before new workers start.

A worker does the same at its own start; a job of its own shows a failure before any worker is replaced.
"""

from __future__ import annotations

import sys

from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.desk.shared import open_desk
from assistant.serve.preflight import START_ERRORS
from assistant.settings import read_settings


def main() -> None:
    """Make and migrate the tables of talks and bookings, or say in one sentence why not."""
    from assistant.engine.unused_imports import import_rasa
    from assistant.store.transcripts import Transcripts

    import_rasa()
    from assistant.store.tracker.store import TalkStore, TalksUnreachable

    try:
        settings = read_settings()
        TalkStore(settings.trackers_url, settings.secrets).close()
        Transcripts(settings.talks_url)
        open_desk()
    except (*START_ERRORS, DatabaseUnreachable, TalksUnreachable) as error:
        sys.exit(f"The tables were not brought to their newest form: {error}")
    sys.stdout.write("The tables are in their newest form.\n")


if __name__ == "__main__":
    main()
