"""Quiet terminals: Rasa's logs at the level of the assistant's own: warnings and worse, and never what a parent wrote."""

from __future__ import annotations

import logging
import warnings


def ignore_warnings() -> None:
    """Keep the deprecations of pinned packages off the terminal; tests still see them."""
    # Several packages set filters of their own at import, so the way out is closed instead of a filter added.
    warnings.showwarning = lambda *args, **kwargs: None


def quiet_rasa(level: int = logging.WARNING) -> None:
    """Let Rasa log from `level` on; its debug and info lines hold the parents' words."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(level)
    for name in ("rasa", "rasa_sdk", "apscheduler", "matplotlib"):
        logging.getLogger(name).setLevel(level)
