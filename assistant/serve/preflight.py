"""What is looked at before the assistant listens: the port, the addresses that parents would read, the proxy, the databases."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from sqlalchemy.exc import SQLAlchemyError

from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.consultation import Consultation, is_reserved
from assistant.booking.fields import ConsultationError
from assistant.engine.agent import NotLoaded
from assistant.knowledge.source import ContentError
from assistant.serve.models import NoModel
from assistant.settings import TOP, Settings, SettingsError


class StartError(RuntimeError):
    """The assistant can't start; the text says why and what to do."""


START_ERRORS = (StartError, SettingsError, ContentError, ConsultationError, NoModel, NotLoaded)
"""What a person at the terminal can mend: each text is one sentence that says how."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a StartError where somebody listens already; Rasa would end with exit code 0."""
    with contextlib.ExitStack() as open_sockets:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            probe = open_sockets.enter_context(socket.socket(family, kind, protocol))
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise StartError(
                    f"Port {port} on {host} is taken by another program: choose one, such as `make run PORT={port + 1}`."
                ) from None
            raise StartError(f"Can't listen on {host}:{port}: {error.strerror}. Set HOST or PORT.") from None


def placeholder_warning(settings: Settings, about: Consultation) -> str:
    """Return what the operator has to read while parents would write to an address that reaches nobody, or nothing.

    Raises:
        StartError: So it is, and the public address says that the assistant goes live.
    """
    if not about.placeholders:
        return ""
    said = f"{', '.join(about.placeholders)} in content/consultation.yml reaches nobody: write your own address there"
    if _goes_live(settings):
        raise StartError(f"WHICHPLAN_PUBLIC_URL is {settings.public_url}, but {said}.")
    return f"NOT READY FOR PARENTS: {said} before you go live."


def proxy_warning(settings: Settings) -> str:
    """Return what the operator has to read while every visitor would come from the proxy's own address, or nothing.

    Raises:
        StartError: So it is, and the public address says that the assistant goes live.
    """
    said = settings.unnamed_proxy
    if said and _goes_live(settings):
        raise StartError(f"{said}.")
    return f"NOT READY FOR PARENTS: {said}, before you go live." if said else ""


def ignored_settings(top: Path = TOP) -> str:
    """Return what is said of Rasa's own files where they set something: only Rasa's own commands read them.

    Args:
        top: The checkout.
    """
    found = ["credentials.yml"] if (top / "credentials.yml").exists() else []
    with contextlib.suppress(OSError, ValueError, yaml.YAMLError):  # nothing here depends on that file
        endpoints = yaml.safe_load((top / "endpoints.yml").read_text(encoding="utf-8"))
        more = sorted(set(endpoints) - {"action_endpoint"}) if isinstance(endpoints, dict) else []
        found += [f"{', '.join(map(str, more))} of endpoints.yml"] if more else []
    if not found:
        return ""
    return f"NOT READ: {' and '.join(found)}. Settings are environment variables here: docs/run/settings.md."


def not_ready(settings: Settings, about: Consultation, top: Path = TOP) -> list[str]:
    """Return what the operator has to read at the start, a line each."""
    said = (placeholder_warning(settings, about), proxy_warning(settings), ignored_settings(top))
    return [line for line in said if line]


def _goes_live(settings: Settings) -> bool:
    """Whether the public address is one that parents can open from anywhere."""
    public = urlsplit(settings.public_url)
    return public.scheme == "https" and bool(public.hostname) and not is_reserved(public.hostname or "")


@contextlib.contextmanager
def said_at_start(settings: Settings, file: str) -> Iterator[None]:
    """Let a database that can't be opened be a sentence that names it."""
    from assistant.store.tracker.store import TalksUnreachable

    try:
        yield
    except (SQLAlchemyError, DatabaseUnreachable, TalksUnreachable) as error:
        reason = str(getattr(error, "orig", None) or error).split("\n", 1)[0]
        where = "DATABASE_URL" if settings.database_url else str(settings.data / file)
        raise StartError(
            f"{where} can't be used: {reason}. Is the disk full, the file readable and whole? Put it back from a backup, or move it away."
        ) from error
