"""A start without waiting for what is known already: the model's domain read once, its archive not packed tightly.

Rasa reads and checks a model's domain three times with a parser in Python (1.5 s of a start); it was checked when the model was trained. And it packs
the archive as tightly as it can: weights hardly get smaller (9 in 100), and unpacking them took 1.2 s of each start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage import local_model_storage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from tarsafe import TarSafe  # type: ignore[import-untyped]

DOMAIN = "domain.yml"
"""The one file in which Rasa keeps the domain of a model."""
TRUTHS = frozenset("yYnNoO")
"""First letters of what YAML 1.1 takes for true or false, and Rasa's 1.2 for a word."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 as Rasa reads it: "no" and "on" are words."""


_Loader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern) for tag, pattern in rows if letter not in TRUTHS or tag != "tag:yaml.org,2002:bool"
    ]
    for letter, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def domain_of(folder: Path) -> Domain:
    """Return the domain of a trained model, as `Domain.from_path` does."""
    text = (folder / DOMAIN).read_text(encoding="utf-8")
    return Domain.from_dict(yaml.load(text, _Loader))  # noqa: S506 - a safe loader of our own


def load_domain(
    cls: type[DomainProvider],
    /,
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: ExecutionContext,
    **kwargs: Any,
) -> DomainProvider:
    """Take the place of `DomainProvider.load`."""
    with model_storage.read_from(resource) as folder:
        return cls(model_storage, resource, domain_of(folder))


class PlainArchive(TarSafe):  # type: ignore[misc]
    """An archive that is written without packing its parts tighter; it is read as any other."""

    @classmethod
    def open(cls, name: Any = None, mode: str = "r", *args: Any, **kwargs: Any) -> TarSafe:
        """Open an archive as TarSafe does; one that is written in gz form is only wrapped in it."""
        if mode == "w:gz":
            kwargs["compresslevel"] = 0
        found: TarSafe = super().open(name, mode, *args, **kwargs)
        return found


def apply() -> None:
    """Load domains quickly from here on, and write models plainly."""
    DomainProvider.load = classmethod(load_domain)  # type: ignore[method-assign, assignment]
    local_model_storage.TarSafe = PlainArchive
