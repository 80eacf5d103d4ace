"""What a talk knows of one child: the plan held, wanted, refused or over, the condition, the age, who writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

Standing = Literal["held", "wanted", "denied", "ended", "lacking"]
"""How a plan that a message names stands to the child."""


@dataclass(frozen=True)
class Child:
    """One child.

    Attributes:
        name: "oldest", "son", a first name as it was typed; empty for the only one.
        held: The plan there is: "504", "iep", "none", or None where nothing was told.
        wanted, denied, ended: The plan asked for, refused by the school, or had before: "504", "iep" or None.
        condition: Id of content/en/conditions.yml.
        ages: The youngest and the oldest that the child may be, in whole years; None where nothing was told.
        writer: Who writes, where it is not the child's parent, as in :data:`assistant.talk.writer.Writer`.
    """

    name: str = ""
    held: str | None = None
    wanted: str | None = None
    denied: str | None = None
    ended: str | None = None
    condition: str | None = None
    ages: tuple[int, int] | None = None
    writer: str | None = None

    @classmethod
    def from_slot(cls, row: Mapping[str, Any]) -> Self:
        """Return the child that a row of the slot `children` holds."""
        kept = {name: row.get(name) for name in cls.__dataclass_fields__}
        ages = kept.pop("ages")
        return cls(**kept | {"name": row.get("name") or "", "ages": (ages[0], ages[1]) if ages else None})

    @property
    def plan(self) -> str | None:
        """The plan that a talk about this child is about."""
        return self.held if self.held in ("504", "iep") else self.wanted or self.denied or self.held

    def only_wished(self, plan: str | None) -> bool:
        """Whether `plan` was asked for, refused, or is over, and the child does not have it."""
        return plan is not None and plan != self.held and plan in (self.wanted, self.denied, self.ended)

    def told(self, plan: str, how: Standing | None) -> Child:
        """Return the child after a plan was named that stands like this; what a plan in hand is said to lack is a slip."""
        if how is None or (self.held == plan and how in ("wanted", "denied")):
            return self
        others: dict[str, Any] = {
            kind: None for kind in ("wanted", "denied", "ended") if getattr(self, kind) == plan
        }
        if how == "held":
            return replace(self, held=plan, **others)
        held = "none" if self.held in (None, plan) else self.held
        if how == "lacking":
            return replace(self, held=held)
        return replace(self, **{**others, "held": held, how: plan})
