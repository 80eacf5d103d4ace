"""The advocate's CalDAV calendar: calls are written to it and taken out of it."""

import asyncio
from collections.abc import Callable
from urllib.parse import unquote, urlsplit, urlunsplit

from caldav.davclient import DAVClient
from caldav.lib.error import NotFoundError

SECONDS = 15


class CalendarNotReached(RuntimeError):
    """The calendar did not take the change; it may be tried again."""


async def put_event(url: str, uid: str, ics: bytes) -> None:
    """Create or replace the event with this UID. Doing it twice changes nothing.

    Raises:
        CalendarNotReached: The server is away or refuses.
    """
    await _in_thread(_put, url, uid, ics)


async def delete_event(url: str, uid: str) -> None:
    """Take the event out; that it is not there is fine.

    Raises:
        CalendarNotReached: The server is away or refuses.
    """
    await _in_thread(_delete, url, uid)


async def _in_thread(work: Callable[..., None], *args: object) -> None:
    try:
        await asyncio.to_thread(work, *args)
    except CalendarNotReached:
        raise
    except Exception as error:  # besides DAVError, caldav's HTTP library has errors of its own
        raise CalendarNotReached(type(error).__name__) from error


def _put(url: str, uid: str, ics: bytes) -> None:
    # A plain PUT: the library's own save() would raise SEQUENCE by itself.
    with client_for(url) as client:
        answer = client.put(
            event_url(url, uid), ics.decode(), {"Content-Type": "text/calendar; charset=utf-8"}
        )
        if answer.status not in (200, 201, 204):
            raise CalendarNotReached(f"HTTP {answer.status}")


def _delete(url: str, uid: str) -> None:
    with client_for(url) as client:
        try:
            answer = client.delete(event_url(url, uid))
        except NotFoundError:
            return
        if answer.status not in (200, 202, 204, 404, 410):
            raise CalendarNotReached(f"HTTP {answer.status}")


def event_url(url: str, uid: str) -> str:
    """Return where the event lies, without user and password."""
    return f"{without_password(url).rstrip('/')}/{uid}.ics"


def without_password(url: str, *, query: bool = False) -> str:
    """Return the address without user and password, and without a query unless it is asked for."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (
            parts.scheme,
            f"{host}:{parts.port}" if parts.port else host,
            parts.path,
            parts.query if query else "",
            "",
        )
    )


def client_for(url: str) -> DAVClient:
    """Return a client that asks exactly this address, with the user and password it holds."""
    parts = urlsplit(url)
    return DAVClient(
        url=without_password(url),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        timeout=SECONDS,
        enable_rfc6764=False,  # no look-up of other servers by DNS
        require_tls=False,
    )
