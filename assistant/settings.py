"""Every setting of a running assistant, in one place: WHICHPLAN_… variables, read once at start."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from assistant.private_files import private_folder

TOP = Path(__file__).parents[1]
SECRET_BYTES = 32
LONGEST_ANSWER_SECONDS = 55.0
"""Below the server's own limit of a minute, so that a parent reads a sentence."""
SECRET_FILE, OLD_SECRET_FILE = "secret.key", "secret.old.key"


class SettingsError(ValueError):
    """A variable can't be used; the text names it and says what it has to look like."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set; docs/run/settings.md lists the same.

    Attributes:
        host, port: Where the website channel listens. (`WHICHPLAN_HOST`, `WHICHPLAN_PORT`)
        data: Folder of everything that is written: databases, mails, the secret. (`WHICHPLAN_DATA`)
        content: Folder of everything that is said; a running server follows its changes. (`WHICHPLAN_CONTENT`)
        public_url: The address in links of mails. (`WHICHPLAN_PUBLIC_URL`)
        origins: Other websites that may embed the widget, by comma. (`WHICHPLAN_ORIGINS`)
        secret: Signs tokens and choices; made and kept in `data` if not given. (`WHICHPLAN_SECRET`)
        old_secrets: Secrets that still count while a new one comes into use: tokens and links they signed, rows they encrypted.
            (`WHICHPLAN_SECRET_OLD`, or `secret.old.key` in `data`)
        trusted_proxies: How many proxies stand in front and set X-Forwarded-For. (`WHICHPLAN_PROXIES`)
        answer_seconds: A parent hears of a delay after so long. (`WHICHPLAN_ANSWER_SECONDS`)
        actions_url: A separate action server; empty: actions run in this process. (`WHICHPLAN_ACTIONS_URL`)
        database_url: PostgreSQL for talks and bookings; empty: SQLite files in `data`. (`DATABASE_URL`)
        redis_url: Counts requests over all processes; empty: the database of the talks, or this process alone
            on SQLite. (`WHICHPLAN_REDIS_URL`)
        log_json: Write the log as JSON lines, one a request. (`WHICHPLAN_LOG`, `json` or nothing)
        smtp_url: Mail server; empty: mails become files in `data`/outbox. (`WHICHPLAN_SMTP_URL`)
        slack_bot_token: Opens Slack, `xoxb-…`; empty: no Slack. (`WHICHPLAN_SLACK_BOT_TOKEN`)
        slack_signing_secret: Proves that a request is Slack's, over HTTP. (`WHICHPLAN_SLACK_SIGNING_SECRET`)
        slack_app_token: Opens Socket Mode instead of HTTP, `xapp-…`. (`WHICHPLAN_SLACK_APP_TOKEN`)
        slack_channel: Id of the advocates' channel: bookings and hand-over. (`WHICHPLAN_SLACK_CHANNEL`)
        slack_api_url: Where Slack's API is. (`WHICHPLAN_SLACK_API_URL`)
    """

    data: Path
    content: Path = TOP / "content"
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    origins: tuple[str, ...] = ()
    secret: bytes = field(default=b"", repr=False)
    old_secrets: tuple[bytes, ...] = field(default=(), repr=False)
    trusted_proxies: int = 0
    answer_seconds: float = 15.0
    actions_url: str = ""
    database_url: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    log_json: bool = False
    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_channel: str = ""
    slack_api_url: str = "https://slack.com/api/"

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The secret that signs and encrypts, then the older ones that still count."""
        return (self.secret, *self.old_secrets)

    @property
    def has_advocates_channel(self) -> bool:
        """Whether people can be reached in Slack: they hear of bookings and may join a parent's chat."""
        return bool(self.slack_bot_token and self.slack_channel)

    @property
    def unnamed_proxy(self) -> str:
        """What is wrong where every visitor would come from the proxy's own address; empty where nothing is.

        The server itself speaks no TLS, so where parents come by https some proxy stands in front.
        """
        if not self.public_url.startswith("https://") or self.trusted_proxies:
            return ""
        return (
            f"WHICHPLAN_PUBLIC_URL is {self.public_url}, so a proxy stands in front, but WHICHPLAN_PROXIES is 0: every parent "
            "would be the same visitor to each limit. Set it to the number of your proxies, 1 for most"
        )

    @property
    def own_url(self) -> str:
        """The address on this machine."""
        return own_url(self.host, self.port)

    @property
    def talks_url(self) -> str:
        """SQLAlchemy address of the talks as parents read them."""
        return self.database_url or f"sqlite:///{self.data / 'talks.db'}"

    @property
    def trackers_url(self) -> str:
        """SQLAlchemy address of the talks as Rasa needs them."""
        return self.database_url or f"sqlite:///{self.data / 'tracker.db'}"


def own_url(host: str, port: int) -> str:
    """Return the address of a host and port; an IPv6 address stands in brackets."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the variables; make the data folder and the secret if they are not there.

    Raises:
        SettingsError: A value can't be used.
    """
    data = Path(env.get("WHICHPLAN_DATA") or TOP / "var").expanduser().resolve()
    try:
        private_folder(data)
    except OSError as error:
        raise SettingsError(
            f"WHICHPLAN_DATA: {data} can't be made ({error.strerror}). Name a folder you may write."
        ) from None
    host = env.get("WHICHPLAN_HOST") or "127.0.0.1"
    port = _number(env, "WHICHPLAN_PORT", 8080)
    return Settings(
        host=host,
        port=int(port),
        data=data,
        content=_content(env),
        public_url=_address(env, "WHICHPLAN_PUBLIC_URL", ("https", "http")) or own_url(host, int(port)),
        origins=_origins(env),
        secret=_secret(env, data),
        old_secrets=_old_secrets(env, data),
        trusted_proxies=int(_number(env, "WHICHPLAN_PROXIES", 0)),
        answer_seconds=_answer_seconds(env),
        actions_url=_address(env, "WHICHPLAN_ACTIONS_URL", ("http", "https")),
        # the short form that hosts hand out is not SQLAlchemy's
        database_url=re.sub(
            r"^postgres(?:ql)?://",
            "postgresql+psycopg2://",
            _address(env, "DATABASE_URL", ("postgresql", "postgres", "postgresql+psycopg2")),
        ),
        redis_url=_address(env, "WHICHPLAN_REDIS_URL", ("redis", "rediss", "unix")),
        log_json=_log_json(env),
        smtp_url=_address(env, "WHICHPLAN_SMTP_URL", ("smtp", "smtps")),
        **_slack(env),
    )


def _content(env: Mapping[str, str]) -> Path:
    folder = Path(env.get("WHICHPLAN_CONTENT") or TOP / "content").expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(
            f"WHICHPLAN_CONTENT: {folder} is no folder. Name a copy of content/, or leave it out."
        )
    return folder


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        raise SettingsError(f"{name}={text!r} is no number. Write one such as {default:g}.") from None
    if value < 0 or (name == "WHICHPLAN_PORT" and not 0 <= value <= 65535):
        raise SettingsError(f"{name}={text!r} is out of range. Write a number such as {default:g}.")
    return value


def _address(env: Mapping[str, str], name: str, schemes: Sequence[str]) -> str:
    """Return an address, without what holds a password in the error."""
    text = env.get(name, "").strip().rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        right = (
            parts.scheme in schemes
            and bool(parts.hostname or name in ("DATABASE_URL", "WHICHPLAN_REDIS_URL"))
            and parts.port != 0
        )
    except ValueError:
        right = False
    if not right:
        raise SettingsError(
            f"{name} is no address that can be used. Write one that begins with {schemes[0]}:// and names a host."
        )
    return text


def _origins(env: Mapping[str, str]) -> tuple[str, ...]:
    found = tuple(
        part.strip().rstrip("/") for part in env.get("WHICHPLAN_ORIGINS", "").split(",") if part.strip()
    )
    for one in found:
        if not re.fullmatch(r"https?://[^/?#@\s*]+", one):
            raise SettingsError(
                f"WHICHPLAN_ORIGINS: {one!r} is no website's origin. Write scheme and host alone, such as https://www.example.org."
            )
    return found


def _answer_seconds(env: Mapping[str, str]) -> float:
    seconds = _number(env, "WHICHPLAN_ANSWER_SECONDS", 15)
    if not 0 < seconds <= LONGEST_ANSWER_SECONDS:
        raise SettingsError(
            f"WHICHPLAN_ANSWER_SECONDS has to be above 0 and at most {LONGEST_ANSWER_SECONDS:g}. Write one such as 15."
        )
    return seconds


def _log_json(env: Mapping[str, str]) -> bool:
    text = env.get("WHICHPLAN_LOG", "").strip()
    if text not in ("", "json"):
        raise SettingsError(f"WHICHPLAN_LOG={text!r} is no form of the log. Write json, or leave it out.")
    return text == "json"


def _slack(env: Mapping[str, str]) -> dict[str, str]:
    names = ("bot_token", "signing_secret", "app_token", "channel", "api_url")
    found = {f"slack_{name}": env.get(f"WHICHPLAN_SLACK_{name.upper()}", "").strip() for name in names}
    for name, begins in (("bot_token", "xoxb-"), ("app_token", "xapp-"), ("channel", ("C", "G"))):
        value = found[f"slack_{name}"]
        if value and not value.startswith(begins):
            wanted = "C (copy it from the channel's details)" if name == "channel" else str(begins)
            raise SettingsError(f"WHICHPLAN_SLACK_{name.upper()} has to begin with {wanted}.")
    if found["slack_bot_token"] and not (found["slack_signing_secret"] or found["slack_app_token"]):
        raise SettingsError(
            "WHICHPLAN_SLACK_BOT_TOKEN alone hears nothing: set WHICHPLAN_SLACK_APP_TOKEN for Socket Mode, "
            "or WHICHPLAN_SLACK_SIGNING_SECRET for HTTP."
        )
    if not found["slack_api_url"]:
        del found["slack_api_url"]
    elif not found["slack_api_url"].endswith("/"):
        found["slack_api_url"] += "/"
    return found


def _secret(env: Mapping[str, str], data: Path) -> bytes:
    if given := env.get("WHICHPLAN_SECRET"):
        if len(given) < SECRET_BYTES:
            raise SettingsError(
                f"WHICHPLAN_SECRET is too short: it needs at least {SECRET_BYTES} characters."
            )
        return given.encode()
    path = data / SECRET_FILE
    try:
        if not path.exists() or not path.stat().st_size:  # a full disk once left an empty one
            _make_secret(path)
        secret = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}. Make room there, or set WHICHPLAN_SECRET.") from None
    if len(secret) < SECRET_BYTES:
        raise SettingsError(
            f"{path} is cut short: it has {len(secret)} bytes of {SECRET_BYTES}. Put the file back from a backup, or delete it: a "
            "new one is made, talks and links of before then end."
        )
    return secret


def _old_secrets(env: Mapping[str, str], data: Path) -> tuple[bytes, ...]:
    found = []
    if given := env.get("WHICHPLAN_SECRET_OLD"):
        found.append(given.encode())
    with contextlib.suppress(OSError):
        found.append((data / OLD_SECRET_FILE).read_bytes())
    if any(len(one) < SECRET_BYTES for one in found):
        raise SettingsError(
            f"WHICHPLAN_SECRET_OLD, or {data / OLD_SECRET_FILE}, is too short: name the secret that was in use before, or leave it out."
        )
    return tuple(found)


def _make_secret(path: Path) -> None:
    """Write a secret whole or not at all; of several processes that start at once the first one's counts."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(SECRET_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists() and not path.stat().st_size:
            path.unlink()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
