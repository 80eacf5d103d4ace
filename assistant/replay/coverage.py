"""What the stories touch: each topic for each plan, each point, each action, each rule, each step of each form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge.answers import Answer
from assistant.knowledge.source import read
from assistant.replay.story import Case
from assistant.settings import TOP

PLANS = ("504", "iep", "none", "either")


@dataclass(frozen=True)
class Rule:
    """A rule as far as a talk shows it: one of `intents` in the talk's turn, then `actions`; `form` has to be active."""

    name: str
    intents: frozenset[str]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """Counts of what was touched; a count of 0 is a gap.

    Attributes:
        answers: Topic and plan, only where the topic has a text for the plan; told by a point or in general.
        points: `topic/point` of those that may be said. There are too many for a story each: the report lists what is left.
    """

    answers: Mapping[tuple[str, str], int]
    points: Mapping[str, int]
    actions: Mapping[str, int]
    rules: Mapping[str, int]
    steps: Mapping[str, int]

    @property
    def intents(self) -> list[str]:
        """The topics, in the order of their files."""
        return list(dict.fromkeys(intent for intent, _ in self.answers))

    @property
    def plans(self) -> Sequence[str]:
        """The columns."""
        return PLANS

    def untouched(self) -> list[tuple[str, list[str], int]]:
        """Return for each part its name, what no story touches, and how many there are."""
        answers = {f"{intent} for {plan}": count for (intent, plan), count in self.answers.items()}
        parts: Iterable[tuple[str, Mapping[str, int]]] = (
            ("Answers", answers), ("Points", self.points), ("Actions", self.actions), ("Rules", self.rules), ("Form steps", self.steps),
        )  # fmt: skip
        return [
            (title, [name for name, count in part.items() if not count], len(part)) for title, part in parts
        ]

    def line(self) -> str:
        """Return the counts as one line."""
        return ", ".join(
            f"{title.lower()} {total - len(missing)}/{total}" for title, missing, total in self.untouched()
        )


def measure(talks: Iterable[Mapping[str, Any]]) -> Coverage:
    """Count what played talks touched (talks as report.as_data gives them)."""
    from assistant.knowledge.library import library

    turns = [turn for talk in talks for turn in talk["turns"]]
    told = [reply["answer"] for turn in turns for reply in turn["replies"] if reply.get("answer")]
    given = Counter((answer["intent"], answer["plan"]) for answer in told)
    reached = Counter(answer.get("point") for answer in told)
    ran = Counter(action for turn in turns for action in turn["actions"])
    asked = Counter(turn["form_step"] for turn in turns if turn["form_step"])
    domain = read(TOP / "domain.yml").data
    answers = {
        (intent, plan): given[intent, plan]
        for intent, answer in sorted(library().answers.items())
        for plan in PLANS
        if plan in answer.texts
    }
    forms = domain.get("forms", {})
    inner = ("validate_", "action_ask_")  # run within a form and leave no event: the form's steps show them
    actions = [*domain["actions"], *forms, *(r for r in domain["responses"] if r.startswith("utter_"))]
    return Coverage(
        answers,
        {name: reached[name] for name, point in sorted(library().points.items()) if point.status == "live"},
        {name: ran[name] for name in actions if not name.startswith(inner) and not _said_by_action(name, domain)},
        {rule.name: sum(_touched(rule, turn) for turn in turns) for rule in rules()},
        {f"{form}: {slot}": asked[f"{form}: {slot}"] for form, parts in forms.items() for slot in parts["required_slots"]},
    )  # fmt: skip


def held(cases: Iterable[Case]) -> set[tuple[str, str]]:
    """Return each topic and plan that a story holds: one topic or point and one plan, in a story that has to pass."""
    return {(what.partition("/")[0], plan) for what, plan in _held(cases)}


def points_held(cases: Iterable[Case]) -> set[str]:
    """Return each point that a story holds."""
    return {what for what, _ in _held(cases) if "/" in what}


def _held(cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Yield topic or `topic/point`, and plan, of each answer that is held."""
    for case in cases:
        if case.expected_failure:
            continue
        for one in (one for step in case.steps for one in step.assertions if one.kind == "answer"):
            expected = one.expected if isinstance(one.expected, dict) else {}
            point, plan = expected.get("point"), expected.get("plan")
            what = expected.get("intent") if point in (None, "none") else point
            if isinstance(what, str) and isinstance(plan, str):
                yield what, plan


def held_by_no_story(answers: Mapping[str, Answer], cases: Iterable[Case]) -> list[str]:
    """Return each topic for each plan that no story holds, in the order of the files."""
    by_stories = held(cases)
    return [
        f"{intent} for {plan}"
        for intent, answer in sorted(answers.items())
        for plan in PLANS
        if plan in answer.texts and (intent, plan) not in by_stories
    ]


def _said_by_action(name: str, domain: Mapping[str, Any]) -> bool:
    """Whether a response is no action of its own: an action says it (`utter_greet` by action_greet)."""
    if not name.startswith("utter_"):
        return False
    return not any(name in rule.actions for rule in rules())


def rules(folder: Path = TOP / "data") -> list[Rule]:
    """Return the rules of data/, in order."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for rule in (read(path).data or {}).get("rules") or ():
            steps = rule["steps"]
            intents = [
                option["intent"] for step in steps for option in step.get("or", [step]) if "intent" in option
            ]
            actions = [step["action"] for step in steps if "action" in step]
            found.append(Rule(rule["rule"], frozenset(intents), tuple(actions)))
    return found


def _touched(rule: Rule, turn: Mapping[str, Any]) -> bool:
    if rule.intents and turn["intent"] not in rule.intents:
        return False
    ran = iter(turn["actions"])
    return all(action in ran for action in rule.actions)
