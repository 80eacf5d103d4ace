"""Starts the assistant: `python -m assistant.serve.server`. One process, the website channel, Rasa behind it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.consultation import Consultation, is_reserved
from assistant.booking.desk.shared import announce_with, consultation, open_desk
from assistant.booking.fields import ConsultationError
from assistant.clock import now
from assistant.engine.agent import NotLoaded
from assistant.engine.quiet import ignore_warnings
from assistant.engine.unused_imports import import_rasa
from assistant.knowledge.source import ContentError
from assistant.privacy.mask import log_masked
from assistant.private_files import keep_private
from assistant.serve import last_good
from assistant.serve.models import NoModel, current_model
from assistant.serve.supervisor import START_FAILED, SUPERVISOR
from assistant.settings import TOP, Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from assistant.channels.web.api import WebInput
    from assistant.store.tracker.store import TalkStore

FORGET_EVERY_SECONDS = 3600.0
TIDY_EVERY_SECONDS = 20.0
LOOK_FOR_SUPERVISOR_SECONDS = 2.0
PROBLEM_VARIABLE = "WHICHPLAN_CONTENT_PROBLEM"
"""Tells a server that was started again with the last good content what is wrong with the files."""
THREADS = 48
"""Threads that may wait for databases at once."""
FORM_LEFT_AFTER = timedelta(hours=1)
"""A form that nobody went on with so long gives up what was typed into it."""

log = logging.getLogger(__name__)


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
    public = urlsplit(settings.public_url)
    if public.scheme == "https" and public.hostname and not is_reserved(public.hostname):
        raise StartError(f"WHICHPLAN_PUBLIC_URL is {settings.public_url}, but {said}.")
    return f"NOT READY FOR PARENTS: {said} before you go live."


def build_app(settings: Settings, model: Path, content_problem: str = "") -> Any:
    """Return the Sanic application with agent, talks and bookings opened.

    Args:
        settings: What the operator set.
        model: What answers first.
        content_problem: What is wrong with the content's files, where this process says the last good ones.

    Raises:
        StartError, NotLoaded: One of them can't be.
    """
    import_rasa()
    import rasa.core.channels.channel
    from sanic import Sanic

    from assistant.channels.http import protect
    from assistant.channels.request_log import watch
    from assistant.channels.web.api import WebInput
    from assistant.engine.agent import hand_talks_on, load_assistant
    from assistant.serve.outside import Outside, looks_for
    from assistant.serve.strict_http import MOST_BODY
    from assistant.serve.watch import WatchContent, WatchModel, follow
    from assistant.store.tracker.store import TalkStore
    from assistant.unanswered.consent import answered_by

    app = Sanic("whichplan", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MOST_BODY
    app.config.RESPONSE_TIMEOUT = 60
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.FALLBACK_ERROR_FORMAT = "json"
    watch(app)
    with _said_at_start(settings, "talks.db"):
        channel = WebInput(settings)
    protect(app, settings, channel.visitors.limit_address)
    at_root: Any = _AtRoot(channel)
    channels = [at_root]
    slack = None
    if settings.slack_bot_token:
        from assistant.channels.slack.channel import SlackInput

        with _said_at_start(settings, "talks.db"):
            slack = SlackInput(settings)
        channels.append(slack)
        if settings.has_advocates_channel:
            announce_with(slack.announce, slack.write_mail)
    rasa.core.channels.channel.register(channels, app, route="/")

    with _said_at_start(settings, "tracker.db"):
        store = channel.talks.store = TalkStore(settings.trackers_url, settings.secrets)
    with _said_at_start(settings, "bookings.db"):
        desk = open_desk()
    agent = load_assistant(model, store, settings.actions_url, settings.redis_url)
    answered_by(model.name.removesuffix(".tar.gz"))
    if slack is not None:
        slack.store = store

    outside = Outside(looks_for(settings, consultation()))
    channel.outside = outside.up

    async def swap(path: Path) -> None:
        """Let another model answer from the next message on; messages that are being answered end with the one before."""
        new = await asyncio.to_thread(load_assistant, path, None, settings.actions_url, settings.redis_url)
        hand_talks_on(app.ctx.agent, new)
        app.ctx.agent = channel.agent = new
        answered_by(path.name.removesuffix(".tar.gz"))

    async def load(app: Sanic, loop: Any) -> None:
        # asyncio's own few threads would all wait for one locked database, and with them every other parent
        loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="waiting"))
        app.ctx.agent = channel.agent = agent
        app.ctx.desk = desk
        app.ctx.stop = asyncio.Event()
        app.ctx.jobs = [
            asyncio.create_task(app.ctx.desk.worker.run(stop=app.ctx.stop)),
            asyncio.create_task(forget_old_talks(channel, store, app.ctx.stop)),
            asyncio.create_task(tidy_talks(channel, store, app.ctx.stop)),
            asyncio.create_task(outside.run(app.ctx.stop)),
            asyncio.create_task(
                follow(
                    [
                        WatchContent(settings.data, last_good.watched(), content_problem),
                        WatchModel(settings.data, model, swap),
                    ],
                    app.ctx.stop,
                )
            ),
            asyncio.create_task(end_with_supervisor(app)),
        ]

    async def end(app: Sanic, loop: Any) -> None:
        app.ctx.stop.set()
        app.ctx.jobs.pop().cancel()
        app.ctx.jobs[0].cancel()  # the line about what lies outside may still wait for its first look
        await asyncio.gather(*app.ctx.jobs, return_exceptions=True)

    async def say_outside(app: Sanic, loop: Any) -> None:
        async def say() -> None:
            sys.stdout.write(f"{await outside.first_look()}\n")
            sys.stdout.flush()

        app.ctx.jobs.insert(0, asyncio.create_task(say()))

    app.register_listener(load, "before_server_start")
    app.register_listener(say_outside, "after_server_start")
    app.register_listener(end, "before_server_stop")
    return app


@contextlib.contextmanager
def _said_at_start(settings: Settings, file: str) -> Iterator[None]:
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


async def forget_old_talks(channel: WebInput, store: TalkStore, stop: asyncio.Event) -> None:
    """Delete talks that are older than content/consultation.yml allows, every hour until stopped."""
    while not stop.is_set():
        try:
            await channel.talks.forget_old(consultation().talks_days)
            await store.delete_older(now() - timedelta(days=consultation().talks_days))
            await store.empty_older(now() - FORM_LEFT_AFTER)
        except Exception:  # the job outlives a database that is away
            log.exception("old talks could not be deleted; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), FORGET_EVERY_SECONDS)


async def tidy_talks(channel: WebInput, store: TalkStore, stop: asyncio.Event) -> None:
    """Finish deletions that something was in the way of, within the minute, until stopped."""
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TIDY_EVERY_SECONDS)
        try:
            await store.tidy()
            await channel.talks.tidy()
        except Exception:  # as above
            log.exception("deleted rows are still in the log of the database; trying again")


async def end_with_supervisor(app: Any) -> None:
    """Stop when the process that would start this one again is gone: nobody else would ever end it."""
    supervisor = os.environ.get(SUPERVISOR)
    while supervisor is None or os.getppid() == int(supervisor):
        await asyncio.sleep(LOOK_FOR_SUPERVISOR_SECONDS)
    log.error("the supervisor is gone; the server ends")
    app.stop()


class _AtRoot:
    """The channel at the top of the address instead of Rasa's /webhooks/web."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    def url_prefix(self) -> str:
        return "/"


def serve() -> None:
    """Check what can be checked, then serve until Ctrl-C.

    Raises:
        START_ERRORS: Each text is one sentence for the person at the terminal.
    """
    from assistant.channels.request_log import log_as_json
    from assistant.knowledge.library import library
    from assistant.serve.configuration import refuse_tensorflow
    from assistant.serve.content import refuse_unapproved
    from assistant.serve.strict_http import StrictProtocol, allow_many_files

    settings = read_settings()
    keep_private(settings.data)
    if settings.log_json:
        log_as_json()
    refuse_taken_port(settings.host, settings.port)
    refuse_unapproved(library())
    problem = os.environ.get(PROBLEM_VARIABLE, "")
    warning = placeholder_warning(settings, consultation())
    if problem:
        warning = f"THE LAST GOOD CONTENT IS SAID: {problem} {warning}".strip()
    refuse_tensorflow(TOP / "config.yml")
    model = current_model()
    app = build_app(settings, model, problem)

    async def announce(app: Any, loop: Any) -> None:
        sys.stdout.write(f"Which Plan is ready: {settings.own_url}/\n")
        if warning:
            sys.stdout.write(f"{warning}\n")
        sys.stdout.flush()

    app.register_listener(announce, "after_server_start")
    allow_many_files()
    app.run(
        host=settings.host,
        port=settings.port,
        protocol=StrictProtocol,
        access_log=False,
        motd=False,
        debug=False,
    )


def go_on_with_last_good(error: Exception) -> None:
    """Start again with the last good content, where there is some and this process does not say it already.

    A worker that is started again while somebody is editing must not stay away.
    """
    copy = last_good.find(read_settings().data)
    if copy is not None and PROBLEM_VARIABLE not in os.environ:
        os.environ[PROBLEM_VARIABLE] = str(error)
        log.error("the content is broken, the last good one is said: %s", error)
        last_good.start_again_with(copy)


def main() -> None:
    """Serve, or say in one sentence why not."""
    ignore_warnings()
    log_masked()
    try:
        serve()
    except START_ERRORS as error:
        if isinstance(error, ContentError | ConsultationError):
            go_on_with_last_good(error)
        sys.stderr.write(f"Which Plan did not start: {error}\n")
        sys.exit(START_FAILED)
    except EOFError:
        where = sys.pycache_prefix or "__pycache__"
        sys.stderr.write(
            f"Which Plan did not start: a compiled module in {where} is cut short. Delete that folder.\n"
        )
        sys.exit(1)  # `make run` mends it and starts again


if __name__ == "__main__":
    main()
