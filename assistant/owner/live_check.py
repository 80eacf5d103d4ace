"""Is everything ready for parents? `make live-check` tries each part for real and says one line for each.

A mail goes to the first advocate, an event into each calendar and out again, a message into the advocates' channel and out again; the public
address is asked as a browser would, from each website that may embed the widget.
"""

from __future__ import annotations

import asyncio
import functools
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.busy.own_calendar import BusyTimes, CalendarUnreachable
from assistant.booking.consultation import Advocate, Consultation, is_reserved
from assistant.booking.consultation_file import load_consultation
from assistant.booking.fields import ConsultationError
from assistant.booking.openings import Period
from assistant.booking.sent.calendar import delete_event, put_event
from assistant.booking.sent.mail import SmtpMailer
from assistant.clock import now
from assistant.knowledge.source import CONTENT
from assistant.settings import TOP, Settings, SettingsError, read_settings

SECONDS = 20.0
CERTIFICATE_DAYS = 14
"""A certificate that ends sooner is worth a word."""


@dataclass(frozen=True)
class Line:
    """What was tried, and what came: `problem` is empty where it works, `skipped` says why nothing was tried."""

    what: str
    problem: str = ""
    skipped: str = ""

    def __str__(self) -> str:
        if self.problem:
            return f"FAILS  {self.what}: {self.problem}"
        return f"--     {self.what}: {self.skipped}" if self.skipped else f"ok     {self.what}"


class _Problem(Exception):
    """What does not work, in one sentence."""


async def check(settings: Settings, about: Consultation) -> AsyncIterator[Line]:
    """Try everything, one after the other."""
    yield Line("addresses", _placeholders(about))
    yield await _tried("database", lambda: asyncio.to_thread(_database, settings))
    if settings.smtp_url:
        yield await _tried(f"mail to {about.advocates[0].email}", lambda: _mail(settings, about))
    else:
        yield Line("mail", skipped="WHICHPLAN_SMTP_URL is not set: letters become files")
    for advocate in about.advocates:
        if advocate.caldav_url:
            what = f"calendar of {advocate.id}, written and deleted"
            yield await _tried(what, functools.partial(_write, advocate))
        if advocate.caldav_url or advocate.feed_url:
            yield await _tried(f"calendar of {advocate.id}, read", functools.partial(_read, advocate))
        else:
            yield Line(f"calendar of {advocate.id}", skipped="none is set")
    if settings.slack_bot_token:
        yield await _tried("Slack: token and scopes", lambda: _scopes(settings))
        if settings.slack_channel:
            yield await _tried("Slack: a message in the advocates' channel", lambda: _channel(settings))
    else:
        yield Line("Slack", skipped="WHICHPLAN_SLACK_BOT_TOKEN is not set")
    async for line in _website(settings):
        yield line


async def _tried(what: str, work: Callable[[], Awaitable[object]]) -> Line:
    try:
        async with asyncio.timeout(SECONDS):
            await work()
    except _Problem as problem:
        return Line(what, str(problem))
    except TimeoutError:
        return Line(what, f"no answer within {SECONDS:g} seconds")
    except SlackApiError as error:
        return Line(what, f"Slack says {error.response.get('error', 'nothing')}")
    except Exception as error:  # each library has errors of its own; none may end the check
        return Line(what, f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}")
    return Line(what)


def _placeholders(about: Consultation) -> str:
    return (
        f"{', '.join(about.placeholders)} in content/consultation.yml reaches nobody"
        if about.placeholders
        else ""
    )


def _database(settings: Settings) -> None:
    from assistant.store.talks_database import beat, open_engine
    from assistant.store.transcripts import Transcripts

    Transcripts(settings.talks_url)
    beat(open_engine(settings.talks_url))


async def _mail(settings: Settings, about: Consultation) -> None:
    message = EmailMessage()
    message["From"] = formataddr((about.organisation.name, about.organisation.email))
    message["To"] = about.advocates[0].email
    message["Subject"] = "Which Plan can send mail"
    message["Message-ID"] = make_msgid(domain=about.organisation.email.rpartition("@")[2])
    message.set_content("make live-check sent this. Nothing to do.\n")
    await SmtpMailer(settings.smtp_url).send(message)


async def _write(advocate: Advocate) -> None:
    uid = f"whichplan-live-check-{uuid4().hex[:8]}"
    start = (now() + timedelta(days=300)).astimezone(UTC)
    event = "\r\n".join(
        (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Which Plan//live-check//EN", "BEGIN:VEVENT", f"UID:{uid}",
            f"DTSTAMP:{now().astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"DTEND:{start + timedelta(minutes=5):%Y%m%dT%H%M%SZ}", "SUMMARY:Which Plan live-check", "TRANSP:TRANSPARENT",
            "END:VEVENT", "END:VCALENDAR", "",
        )
    )  # fmt: skip
    try:
        await put_event(str(advocate.caldav_url), uid, event.encode())
    finally:
        await delete_event(str(advocate.caldav_url), uid)


async def _read(advocate: Advocate) -> None:
    moment = now()
    times = BusyTimes(advocate)
    try:
        await times.between(Period(moment, moment + timedelta(days=28)), moment)
    except CalendarUnreachable:
        raise _Problem(times.problem or "no whole answer in time") from None


def _slack(settings: Settings) -> AsyncWebClient:
    return AsyncWebClient(settings.slack_bot_token, settings.slack_api_url, timeout=10, retry_handlers=[])


async def _scopes(settings: Settings) -> None:
    answer = await _slack(settings).auth_test()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    has = {one.strip() for one in str(headers.get("x-oauth-scopes", "")).split(",") if one.strip()}
    manifest = yaml.safe_load((TOP / "deploy/slack-manifest.yml").read_text(encoding="utf-8"))
    lacks = sorted(set(manifest["oauth_config"]["scopes"]["bot"]) - has) if has else []
    if lacks:
        raise _Problem(
            f"the token lacks {', '.join(lacks)}: install the app again from deploy/slack-manifest.yml"
        )


async def _channel(settings: Settings) -> None:
    client = _slack(settings)
    try:
        sent = await client.chat_postMessage(
            channel=settings.slack_channel,
            text="Which Plan can write here. `make live-check` takes this away again.",
        )
    except SlackApiError as error:
        if error.response.get("error") in ("not_in_channel", "channel_not_found"):
            raise _Problem("the app is not in it: type /invite @Which Plan there") from None
        raise
    await client.chat_delete(channel=str(sent["channel"]), ts=str(sent["ts"]))


async def _website(settings: Settings) -> AsyncIterator[Line]:
    url = settings.public_url
    host = urlsplit(url).hostname or ""
    if is_reserved(host) or host in ("127.0.0.1", "::1"):
        yield Line("public address", skipped=f"{url} is no public one: set WHICHPLAN_PUBLIC_URL")
        return
    yield (
        Line("TLS", "WHICHPLAN_PUBLIC_URL begins with http: parents' words would travel in clear")
        if url.startswith("http:")
        else await _tried("TLS", lambda: asyncio.to_thread(_certificate, url))
    )
    yield Line("each visitor told apart", settings.unnamed_proxy)
    yield await _tried(f"public address {url}", lambda: _answers(url))
    for origin in settings.origins:
        yield await _tried(f"widget from {origin}", functools.partial(_embeds, url, origin))


def _certificate(url: str) -> None:
    parts = urlsplit(url)
    context = ssl.create_default_context()
    with (
        socket.create_connection((parts.hostname, parts.port or 443), timeout=10) as line,
        context.wrap_socket(line, server_hostname=parts.hostname) as secure,
    ):
        found = secure.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC)
    if ends < now() + timedelta(days=CERTIFICATE_DAYS):
        raise _Problem(f"the certificate ends on {ends:%Y-%m-%d}: renew it")


async def _answers(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/health") as answer:
        if answer.status != 200:
            raise _Problem(
                f"/health says {answer.status}: is the server running, and does the proxy lead to it?"
            )


async def _embeds(url: str, origin: str) -> None:
    asks = {"Origin": origin}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/widget.js", headers=asks) as script:
            if script.status != 200 or script.headers.get("Cross-Origin-Resource-Policy") == "same-origin":
                raise _Problem(
                    "its pages can't load widget.js: does the proxy lead to the server, with its headers?"
                )
        preflight = asks | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        async with session.options(f"{url}/v1/conversations", headers=preflight) as allowed:
            if allowed.headers.get("Access-Control-Allow-Origin") != origin:
                raise _Problem(
                    "it may not begin a talk: list it in WHICHPLAN_ORIGINS, and let the proxy pass Origin on"
                )


async def run(settings: Settings, about: Consultation) -> int:
    """Write a line for each part; return how many fail."""
    failed = 0
    async for line in check(settings, about):
        failed += bool(line.problem)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return failed


def main() -> None:
    """Check, and end with 1 where something fails."""
    try:
        settings = read_settings()
        about = load_consultation(CONTENT / "consultation.yml", os.environ)
    except (SettingsError, ConsultationError) as error:
        sys.exit(str(error))
    failed = asyncio.run(run(settings, about))
    sys.stdout.write("Ready for parents.\n" if not failed else f"{failed} to mend.\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
