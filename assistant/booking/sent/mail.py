"""E-mails about calls, and the two ways they leave: a mail server, or files in a folder."""

import asyncio
import contextlib
import hashlib
import ssl
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import aiosmtplib

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Advocate, Consultation, MailText
from assistant.booking.person.contact import phone_words
from assistant.booking.sent.invitation import SPANISH, invitation
from assistant.booking.times.said_in_spanish import spanish_when
from assistant.booking.zones import spoken
from assistant.knowledge.spanish_mails import spanish_mails
from assistant.private_files import private_file, private_folder

CONNECT_SECONDS = 15.0
COMMAND_SECONDS = 60.0
# RFC 5321 4.5.3.2.6: whoever gives up sooner after the last line sends the mail twice.
ACCEPTED_SECONDS = 600.0


WITH_INVITATION = frozenset({"booked", "moved", "cancelled"})
"""Kinds that change what a calendar shows; any other mail leaves the calendar alone."""


class MailNotAccepted(RuntimeError):
    """The mail was not taken; it may be tried again."""


class Mailer(Protocol):
    """A way for an e-mail to leave."""

    async def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise :class:`MailNotAccepted`."""


class FolderMailer:
    """Writes each mail to an ``.eml`` file, where nothing else is configured.

    The file's name follows from the Message-ID: sent twice it is still one file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        """Write the mail as one file."""
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        private_folder(self._folder)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        part = self._folder / f".{name}.part"
        try:
            private_file(part)
            part.write_bytes(message.as_bytes(policy=SMTP_LINES))
            part.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise MailNotAccepted(f"{self._folder}: {error.strerror}") from error

    def delete_older(self, moment: datetime) -> int:
        """Delete the letters written before a moment, and return how many: they hold what the calls held. Blocks."""
        old = [path for path in self._folder.glob("*.eml") if path.stat().st_mtime < moment.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


class SmtpMailer:
    """Sends through a mail server."""

    def __init__(self, url: str) -> None:
        """Read the server's address.

        Args:
            url: ``smtp://user:password@host:587`` (STARTTLS; without it only if the server is on
                this machine or no password is given and it offers none) or ``smtps://…:465``.

        Raises:
            ValueError: The address is no such URL.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("WHICHPLAN_SMTP_URL must look like smtp://user:password@host:587 or smtps://…")
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    def _client(self) -> aiosmtplib.SMTP:
        # a password never travels in clear, except within this machine
        local = self._host in ("localhost", "127.0.0.1", "::1")
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls=None if self._tls or local or not self._user else True,
            timeout=CONNECT_SECONDS,
        )

    async def reach(self) -> None:
        """Connect, with user and password where they are given, and part again.

        Raises:
            MailNotAccepted: The server is away or refuses.
        """
        client = self._client()
        try:
            async with asyncio.timeout(COMMAND_SECONDS):
                await client.connect()
                await client.quit()
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError) as error:
            raise MailNotAccepted(f"{type(error).__name__}: {_first_line(error)}") from error
        finally:
            client.close()

    async def send(self, message: EmailMessage) -> None:
        """Hand the mail to the server.

        Raises:
            MailNotAccepted: The server is away, or did not take it.
        """
        client = self._client()
        try:
            async with asyncio.timeout(COMMAND_SECONDS):
                await client.connect()
                await client.mail(_address(message, "From"), timeout=COMMAND_SECONDS)
                await client.rcpt(_address(message, "To"), timeout=COMMAND_SECONDS)
            await client.data(message.as_bytes(policy=SMTP_LINES), timeout=ACCEPTED_SECONDS)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError) as error:
            raise MailNotAccepted(f"{type(error).__name__}: {_first_line(error)}") from error
        finally:
            with contextlib.suppress(Exception):  # it is sent or it is not; parting changes neither
                async with asyncio.timeout(2):
                    await client.quit()
            client.close()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]


def _address(message: EmailMessage, header: str) -> str:
    address: str = message[header].addresses[0].addr_spec
    return address


def call_mail(
    what: str,
    call: Call,
    consultation: Consultation,
    *,
    to: str,
    once: str,
    now: datetime,
    links: Mapping[str, str],
) -> EmailMessage:
    """Write the e-mail about a call to the parent or to an advocate.

    Args:
        what: ``booked``, ``moved``, ``cancelled`` or ``reminder``.
        call: The call as it now is.
        consultation: Wording and addresses.
        to: ``parent`` or an advocate's id.
        once: Key of the outbox row; the Message-ID follows from it.
        now: The current instant.
        links: Label and address of each link to put below the text.
    """
    to_parent = to == "parent"
    advocate = consultation.advocate(call.advocate if to_parent else to)
    fields = _fields(call, consultation, advocate, zone=advocate.zone if advocate and not to_parent else None)
    words = consultation.mails[what if to_parent else f"advocate_{what}"]
    if to_parent and call.language == SPANISH:
        words, fields, links = MailText(*spanish_mails().mails[what]), *_in_spanish(call, fields, links)
    message = _message(words.subject.format(**fields), words.text.format(**fields), consultation, once, now)
    if to_parent:
        message["To"] = formataddr((call.name or "", call.email or ""))
        message["Reply-To"] = message["From"]
    elif advocate:
        message["To"] = formataddr((advocate.name, advocate.email))
        if call.email:  # the advocate's answer is for the parent
            message["Reply-To"] = formataddr((call.name or "", call.email))
    text = message.get_content().rstrip("\n")
    if to_parent:
        below = "".join(f"\n{label}:\n{address}\n" for label, address in links.items())
        text += "\n" + below + f"\n{_signature(consultation)}\n"
    message.set_content(text + "\n")
    if what in WITH_INVITATION:
        leaves = not to_parent and to != call.advocate
        file = invitation(_gone(call) if leaves else call, consultation, now, to_advocate=not to_parent)
        _enclose(message, file, "CANCEL" if leaves or call.state == "cancelled" else "REQUEST")
    return message


def _fields(
    call: Call, consultation: Consultation, advocate: Advocate | None, zone: ZoneInfo | None
) -> dict[str, str]:
    """Return what the wording of consultation.yml may name; the time in `zone`, else in the parent's own words."""
    return {
        "first_name": call.first_name,
        "person": call.name or "",
        "when": spoken(call.start, zone) if zone else call.when,
        "length": str(int(consultation.length.total_seconds() // 60)),
        "organisation": consultation.organisation.short,
        "advocate": advocate.name if advocate else consultation.organisation.name,
        "where": consultation.where,
        "contact": ", ".join(filter(None, (call.email, phone_words(call.phone) if call.phone else None))),
        "reason": call.reason or "-",
    }


def _in_spanish(
    call: Call, fields: Mapping[str, str], links: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a mail is filled with, and the links below it, for a parent who writes Spanish."""
    known = spanish_mails()
    told = {"when": spanish_when(call.start, ZoneInfo(call.zone or "UTC")), "where": known.where}
    return {**fields, **told}, {known.links.get(label, label): address for label, address in links.items()}


def _enclose(message: EmailMessage, file: bytes, method: str) -> None:
    """Add an invitation twice: for mail programs that show it, and as a file for those that do not."""
    message.add_alternative(file, maintype="text", subtype="calendar", cte="base64")
    part = list(message.iter_parts())[-1]
    part.set_param("method", method)
    part.set_param("charset", "utf-8")
    message.add_attachment(file, maintype="application", subtype="ics", filename="invitation.ics")


def code_mail(
    digits: str, email: str, consultation: Consultation, *, once: str, now: datetime, minutes: int
) -> EmailMessage:
    """Write the e-mail with the code that proves an address."""
    fields = {"code": digits, "minutes": str(minutes), "organisation": consultation.organisation.short}
    words = consultation.mails["code"]
    subject, text = words.subject.format(**fields), words.text.format(**fields)
    return plain_mail(subject, text, consultation, to=email, once=once, now=now)


def plain_mail(
    subject: str, text: str, consultation: Consultation, *, to: str, once: str, now: datetime
) -> EmailMessage:
    """Write an e-mail of words alone, with the organisation's name and addresses below.

    Args:
        subject: Its subject.
        text: Its words.
        consultation: Whose addresses it bears.
        to: The address.
        once: Key of the outbox row; the Message-ID follows from it.
        now: The current instant.
    """
    message = _message(subject, f"{text.rstrip()}\n\n{_signature(consultation)}\n", consultation, once, now)
    message["To"] = to
    message["Reply-To"] = message["From"]
    return message


def _message(subject: str, text: str, consultation: Consultation, once: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = formataddr((consultation.organisation.name, consultation.organisation.email))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(once, consultation.organisation.email)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def message_id(once: str, sender: str) -> str:
    """Return the Message-ID of an outbox row: the same at every try, so servers see a repeat; of the sender's domain, as filters expect."""
    digest = hashlib.sha256(once.encode()).hexdigest()[:32]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def _signature(consultation: Consultation) -> str:
    organisation = consultation.organisation
    return "\n".join(filter(None, (organisation.name, organisation.phone, organisation.email)))


def _gone(call: Call) -> Call:
    """Return the call as an advocate sees it who no longer has it."""
    return replace(call, state="cancelled")
