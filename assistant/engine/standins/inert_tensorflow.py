"""An inert stand-in for TensorFlow's modules.

Rasa 3.6 imports TensorFlow at start, although no component of ours uses it. This module lets those
imports succeed: any attribute exists, any call returns, everything can be a base class or a decorator.
What it never does is compute: the first model that is really built says that it needs TensorFlow.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

NAMES = ("tensorflow", "keras", "tensorflow_hub", "tensorflow_text")

NEEDS_TENSORFLOW = (
    "{name} needs TensorFlow, and Which Plan runs without it (docs/decisions/0001). "
    "Take the component out of config.yml: the pipeline there shows what serves instead."
)


class TensorFlowNeeded(RuntimeError):
    """A component tried to compute with TensorFlow."""


class _AnyAttribute(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is not Inert:
            raise TensorFlowNeeded(NEEDS_TENSORFLOW.format(name=cls.__name__))
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # used as a decorator
        return Inert


class Inert(metaclass=_AnyAttribute):
    """Anything that TensorFlow might have offered."""


class _InertModule(ModuleType):
    __version__ = "2.12.0"
    __path__ = []  # noqa: RUF012  # what makes a module a package

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert


class _Submodules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `tensorflow.python.keras` and every other module below the stand-ins."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.partition(".")[0] in NAMES and "." in fullname:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def stand_in(name: str) -> None:
    """Make the module `name`, which is being imported, inert."""
    if not any(isinstance(finder, _Submodules) for finder in sys.meta_path):
        sys.meta_path.append(_Submodules())
    sys.modules[name].__class__ = _InertModule
