"""Stands in for packages that Rasa imports at start and no lock of ours installs: other platforms' clients, other databases, pictures.

It is asked last: where somebody installs one of them, that is what is imported.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

NAMES = frozenset({"aiogram", "boto3", "fbmessenger", "matplotlib", "pymongo", "twilio", "webexteamssdk"})


class Empty(ModuleType):
    """A module in which every name is a class that can't be used."""

    said = (
        "{name} is not installed: Which Plan serves without it (docs/decisions/0038-what-is-installed.md). "
        "Who needs it installs it: .venv/bin/python -m ensurepip && .venv/bin/python -m pip install {package}"
    )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        text = self.said.format(name=f"{self.__name__}.{name}", package=self.__name__.partition(".")[0])

        def refuse(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError(text)

        made = type(name, (), {"__init__": refuse})
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.partition(".")[0] in NAMES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it empty."""


def stand_in() -> None:
    """Let the imports of NAMES succeed where nothing else does."""
    sys.meta_path.append(_Finder())
