"""Starts the assistant: `python -m assistant.serve.server`. One process, its channels, Rasa behind them."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.booking.desk.shared import consultation, open_desk
from assistant.booking.fields import ConsultationError
from assistant.engine.quiet import ignore_warnings
from assistant.engine.unused_imports import import_rasa
from assistant.knowledge.source import ContentError
from assistant.privacy.mask import log_masked
from assistant.private_files import keep_private
from assistant.serve import last_good
from assistant.serve.models import current_model
from assistant.serve.preflight import START_ERRORS, not_ready, refuse_taken_port, said_at_start
from assistant.serve.supervisor import START_FAILED
from assistant.settings import TOP, Settings, read_settings

if TYPE_CHECKING:
    from rasa.core.agent import Agent

    from assistant.serve.channels import Channels
    from assistant.store.tracker.store import TalkStore

PROBLEM_VARIABLE = "WHICHPLAN_CONTENT_PROBLEM"
"""Tells a server that was started again with the last good content what is wrong with the files."""
THREADS = 48
"""Threads that may wait for databases at once."""

log = logging.getLogger(__name__)


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
    from assistant.channels.http import protect
    from assistant.engine.agent import load_assistant
    from assistant.serve.channels import Channels
    from assistant.store.tracker.store import TalkStore

    app = _bare_app()
    with said_at_start(settings, "talks.db"):
        channels = Channels.of(settings)
    protect(app, settings, channels.web.visitors.limit_address)
    channels.register(app)
    with said_at_start(settings, "tracker.db"):
        store = TalkStore(settings.trackers_url, settings.secrets)
    channels.keep_talks_in(store)
    with said_at_start(settings, "bookings.db"):
        app.ctx.desk = open_desk()
    agent = load_assistant(model, store, settings.actions_url, settings.redis_url)
    running = _Running(app, settings, channels, store)
    running.answer_by(agent, model)
    app.register_listener(running.begin(model, content_problem), "before_server_start")
    app.register_listener(running.say_outside, "after_server_start")
    app.register_listener(running.end, "before_server_stop")
    return app


def _bare_app() -> Any:
    from sanic import Sanic

    from assistant.channels.request_log import watch
    from assistant.serve.strict_http import MOST_BODY

    app = Sanic("whichplan", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MOST_BODY
    app.config.RESPONSE_TIMEOUT = 60
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.FALLBACK_ERROR_FORMAT = "json"
    watch(app)
    return app


class _Running:
    """The server from its first to its last moment: which model answers, and the jobs beside the answers."""

    def __init__(self, app: Any, settings: Settings, channels: Channels, store: TalkStore) -> None:
        from assistant.serve.outside import Outside, looks_for

        self._app, self._settings, self._channels, self._store = app, settings, channels, store
        self._outside = Outside(looks_for(settings, consultation()))
        channels.web.outside = self._outside.up

    def answer_by(self, agent: Agent, model: Path) -> None:
        """Let a model answer from the next message on; messages that are being answered end with the one before."""
        from assistant.unanswered.consent import answered_by

        self._app.ctx.agent = self._channels.web.agent = agent
        answered_by(model.name.removesuffix(".tar.gz"))

    async def swap(self, model: Path) -> None:
        """Load another model, and let it answer."""
        from assistant.engine.agent import hand_talks_on, load_assistant

        settings = self._settings
        new = await asyncio.to_thread(load_assistant, model, None, settings.actions_url, settings.redis_url)
        hand_talks_on(self._app.ctx.agent, new)
        self.answer_by(new, model)

    def begin(self, model: Path, content_problem: str) -> Any:
        """Return what begins the jobs."""
        from assistant.serve.jobs import end_with_supervisor, forget_old_talks, tidy_talks
        from assistant.serve.watch import WatchContent, WatchModel, follow

        async def begin(app: Any, loop: Any) -> None:
            # asyncio's own few threads would all wait for one locked database, and with them every other parent
            loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="waiting"))
            stop = app.ctx.stop = asyncio.Event()
            watched: list[WatchContent | WatchModel] = [
                WatchContent(self._settings.data, last_good.watched(), content_problem),
                WatchModel(self._settings.data, model, self.swap),
            ]
            talks = self._channels.web.talks
            work = [
                app.ctx.desk.worker.run(stop=stop),
                forget_old_talks(talks, self._store, stop),
                tidy_talks(talks, self._store, stop),
                self._outside.run(stop),
                follow(watched, stop),
                end_with_supervisor(app),
            ]
            app.ctx.jobs = [asyncio.create_task(one) for one in work]

        return begin

    async def say_outside(self, app: Any, loop: Any) -> None:
        """Write once what lies outside the server and whether it answers."""

        async def say() -> None:
            sys.stdout.write(f"{await self._outside.first_look()}\n")
            sys.stdout.flush()

        app.ctx.jobs.insert(0, asyncio.create_task(say()))

    async def end(self, app: Any, loop: Any) -> None:
        """End the jobs; each finishes what it is at."""
        app.ctx.stop.set()
        app.ctx.jobs.pop().cancel()
        app.ctx.jobs[0].cancel()  # the line about what lies outside may still wait for its first look
        await asyncio.gather(*app.ctx.jobs, return_exceptions=True)


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
    warnings = not_ready(settings, consultation())
    if problem:
        warnings.insert(0, f"THE LAST GOOD CONTENT IS SAID: {problem}")
    refuse_tensorflow(TOP / "config.yml")
    model = current_model()
    app = build_app(settings, model, problem)

    async def announce(app: Any, loop: Any) -> None:
        sys.stdout.write(f"Which Plan is ready: {settings.own_url}/\n")
        sys.stdout.writelines(f"{line}\n" for line in warnings)
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
