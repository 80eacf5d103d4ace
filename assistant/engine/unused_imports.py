"""Leaves out what Rasa imports at start and this assistant never uses: other platforms' clients, other databases, brokers, statistics.

`import rasa.core.agent` reads nine chat platforms' libraries, boto3, pymongo and two message brokers. While Rasa is imported, empty
modules stand in for them; afterwards they are gone again, so that whoever imports one really gets it.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

UNUSED = frozenset(
    [
        *("aiogram", "twilio", "fbmessenger", "webexteamssdk"),
        *(
            "socketio",
            "questionary",
            "cachecontrol",
            "boto3",
            "pymongo",
            "aio_pika",
            "aiormq",
            "prompt_toolkit",
        ),
        *(
            "scipy.stats",
            "sklearn.model_selection",
        ),  # scikit-learn and Rasa read them; only training and tests of models use them
    ]
)


_Base: Any = importlib.import_module("left_out_packages").Empty  # found by its path, whichplan.pth


class _Empty(_Base):  # type: ignore[misc]
    said = "{name} was left out at start: assistant/engine/unused_imports.py"


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not {fullname.partition(".")[0], ".".join(fullname.split(".")[:2])} & UNUSED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it empty."""


@contextmanager
def left_out() -> Iterator[None]:
    """Import Rasa inside: what is in UNUSED and was not imported yet stays away."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _Empty)]:
            del sys.modules[name]
            package, _, part = name.rpartition(".")
            vars(sys.modules.get(package, sys)).pop(
                part, None
            )  # the import of a part of a package left it there


def import_rasa() -> None:
    """Import the parts of Rasa that serve, without what they never use."""
    with left_out():
        import rasa.core.agent
        import rasa.core.channels.channel
        import rasa.core.processor  # noqa: F401

        import assistant.nlu.components  # noqa: F401  # reads scikit-learn's regression, which only trains
