"""Brings a new secret into use: `make rotate-secret`, and a month later `make rotate-secret ENDED=yes`.

The old one stays beside it meanwhile, so that no parent loses a talk and no link in a sent mail breaks.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assistant.settings import OLD_SECRET_FILE, SECRET_FILE, SettingsError, read_settings


class NotRotated(ValueError):
    """The secret was not changed; the text says why and what to do."""


def rotate(data: Path, ended: bool = False) -> str:
    """Put the secret aside, so that the next start makes a new one; or end the one that is aside. Return what was done.

    Raises:
        NotRotated: There is nothing to change, or an older secret still counts.
    """
    secret, old = data / SECRET_FILE, data / OLD_SECRET_FILE
    if ended:
        if not old.exists():
            raise NotRotated(f"{old} is not there: no older secret counts any more.")
        old.unlink()
        return "The older secret no longer counts. Start the server again."
    if not secret.exists():
        raise NotRotated(f"{secret} is not there: the first start makes it.")
    if old.exists():
        raise NotRotated(
            f"{old} still stands beside it. End it first, a month after it was put aside: make rotate-secret ENDED=yes"
        )
    secret.rename(old)
    return "The next start makes a new secret; what the old one signed still counts. After a month: make rotate-secret ENDED=yes"


def main() -> None:
    """Do so for the data folder of the settings and say so."""
    if os.environ.get("WHICHPLAN_SECRET"):
        sys.exit(
            "WHICHPLAN_SECRET is set: put its value into WHICHPLAN_SECRET_OLD, a new one into WHICHPLAN_SECRET, and start all workers again."
        )
    ended = sys.argv[1] if len(sys.argv) > 1 else ""
    if ended not in ("", "yes"):
        sys.exit(
            f"ENDED={ended} says nothing, so nothing is changed. Write make rotate-secret, or a month later ENDED=yes"
        )
    try:
        sys.stdout.write(f"{rotate(read_settings().data, ended == 'yes')}\n")
    except (NotRotated, SettingsError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
