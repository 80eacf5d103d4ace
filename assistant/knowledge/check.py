"""Checks content/: `python -m assistant.knowledge.check`. Part of `make check`."""

from __future__ import annotations

import sys

from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError


def main() -> None:
    """Read everything; end with a sentence that names file, line and remedy if something is broken."""
    try:
        library()
    except ContentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
