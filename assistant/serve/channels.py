"""The channels of this server: one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.booking.desk.shared import announce_with
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.channels.web.api import WebInput
    from assistant.store.tracker.store import TalkStore


def _slack(settings: Settings) -> Any | None:
    if not settings.slack_bot_token:
        return None
    from assistant.channels.slack.channel import SlackInput

    made = SlackInput(settings)
    if settings.has_advocates_channel:
        announce_with(made.announce, made.write_mail)
    return made


BESIDE_THE_WEBSITE: Sequence[Callable[[Settings], Any | None]] = (_slack,)
"""Each makes a channel, an `InputChannel` of Rasa's with `store`, or returns None where the settings name none."""


@dataclass(frozen=True)
class Channels:
    """The website's channel, and those beside it."""

    web: WebInput
    beside: Sequence[Any]

    @classmethod
    def of(cls, settings: Settings) -> Channels:
        """Make the channels that the settings name; none is imported that is not."""
        from assistant.channels.web.api import WebInput

        made = [make(settings) for make in BESIDE_THE_WEBSITE]
        return cls(WebInput(settings), [channel for channel in made if channel is not None])

    def register(self, app: Any) -> None:
        """Add all routes; the website's are at the top of the address."""
        import rasa.core.channels.channel

        at_root: Any = _AtRoot(self.web)
        rasa.core.channels.channel.register([at_root, *self.beside], app, route="/")

    def keep_talks_in(self, store: TalkStore) -> None:
        """Tell each channel what the model keeps of talks, so that it can delete there."""
        self.web.talks.store = store
        for channel in self.beside:
            channel.store = store


class _AtRoot:
    """The channel at the top of the address instead of Rasa's /webhooks/web."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    def url_prefix(self) -> str:
        return "/"
