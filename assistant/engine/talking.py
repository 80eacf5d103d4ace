"""The old name of assistant.turn.talking, for scripts that still import it."""

from assistant.turn.talking import Talk

__all__ = ["Talk"]
