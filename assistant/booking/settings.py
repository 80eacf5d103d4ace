"""What the environment says about booking; every variable is listed here."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where bookings are kept and how mail leaves.

    Attributes:
        data: Folder for the database, the ``.eml`` files and the secret (``WHICHPLAN_DATA``).
        database_url: PostgreSQL, instead of a file in ``data`` (``DATABASE_URL``).
        smtp_url: Mail server (``WHICHPLAN_SMTP_URL``); without it mails become files in ``data/outbox``.
        public_url: Where parents reach the site (``WHICHPLAN_PUBLIC_URL``); without it mails carry no links.
        secret: Signs links and codes (``WHICHPLAN_SECRET``, else the file ``data/secret``).
    """

    data: Path
    database_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    public_url: str | None = None
    secret: bytes = field(default=b"", repr=False)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read the settings; makes and keeps a secret where none is given."""
    data = Path(environ.get("WHICHPLAN_DATA") or "var")
    given = environ.get("WHICHPLAN_SECRET")
    return Settings(
        data=data,
        database_url=environ.get("DATABASE_URL") or None,
        smtp_url=environ.get("WHICHPLAN_SMTP_URL") or None,
        public_url=environ.get("WHICHPLAN_PUBLIC_URL") or None,
        secret=given.encode() if given else _kept_secret(data / "secret"),
    )


def _kept_secret(path: Path) -> bytes:
    """Return the file's secret; the process that comes first makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            path.hardlink_to(fresh)  # fails, as wanted, when another process was faster
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip().encode()
