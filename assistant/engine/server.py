"""Starts the assistant: `python -m assistant.engine.server`. One process, the website channel, Rasa behind it."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from pathlib import Path
from typing import Any

from assistant.knowledge.source import ContentError
from assistant.settings import TOP, Settings, SettingsError, read_settings

log = logging.getLogger(__name__)


class StartError(RuntimeError):
    """The assistant can't start; the text says why and what to do."""


def newest_model(folder: Path = TOP / "models") -> Path:
    """Return the newest trained model.

    Raises:
        StartError: There is none. (Rasa itself would start without one and answer nothing.)
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise StartError(f"{folder} holds no trained model: run `make train`.")
    return models[-1]


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a StartError where somebody listens already; Rasa would end with exit code 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise StartError(
                    f"Port {port} on {host} is taken by another program: choose one, such as `make run PORT={port + 1}`."
                ) from None
            raise StartError(f"Can't listen on {host}:{port}: {error.strerror}. Set HOST or PORT.") from None


def build_app(settings: Settings, model: Path) -> Any:
    """Return the Sanic application with the agent loaded before it serves."""
    import rasa.core.channels.channel
    import rasa.core.utils
    from rasa.core.agent import load_agent
    from rasa.utils.endpoints import EndpointConfig
    from sanic import Sanic

    from assistant.channels.web import WebInput
    from assistant.engine import lighter_turns
    from assistant.engine.in_process_actions import InProcessActions

    lighter_turns.apply()
    app = Sanic("whichplan", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 96 * 1024
    app.config.RESPONSE_TIMEOUT = 60
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.FALLBACK_ERROR_FORMAT = "json"
    channel = WebInput(settings)
    rasa.core.channels.channel.register([_AtRoot(channel)], app, route="/")

    async def load(app: Sanic, loop: Any) -> None:
        endpoints = rasa.core.utils.AvailableEndpoints(
            action=EndpointConfig(settings.actions_url) if settings.actions_url else InProcessActions(),
            tracker_store=EndpointConfig(type="sql", dialect="sqlite", db=str(settings.data / "tracker.db")),
        )
        app.ctx.agent = await load_agent(model_path=str(model), endpoints=endpoints, loop=loop)
        if not app.ctx.agent.is_ready():
            raise StartError(f"{model} could not be loaded: run `make train`.")

    app.register_listener(load, "before_server_start")
    return app


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
        StartError, SettingsError, ContentError: Each text is one sentence for the person at the terminal.
    """
    from assistant.engine.configuration import refuse_tensorflow
    from assistant.knowledge.library import library

    settings = read_settings()
    refuse_taken_port(settings.host, settings.port)
    library()
    refuse_tensorflow(TOP / "config.yml")
    model = newest_model()
    app = build_app(settings, model)

    async def announce(app: Any, loop: Any) -> None:
        sys.stdout.write(f"Which Plan is ready: http://{settings.host}:{settings.port}/\n")
        sys.stdout.flush()

    app.register_listener(announce, "after_server_start")
    app.run(host=settings.host, port=settings.port, access_log=False, motd=False, debug=False)


def main() -> None:
    """Serve, or say in one sentence why not."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        serve()
    except (StartError, SettingsError, ContentError) as error:
        sys.exit(f"Which Plan did not start: {error}")


if __name__ == "__main__":
    main()
