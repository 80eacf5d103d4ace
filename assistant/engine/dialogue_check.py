"""Finds what is wrong in the dialogue without training: `python -m assistant.engine.dialogue_check`, part of `make check`.

Contradicting rules and stories, what is remembered without a slot, intents without a rule or an answer, actions nobody calls or nobody wrote, buttons that lead
nowhere. Rasa finds the first when it trains, a minute later; the others it never finds.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.engine.quiet import ignore_warnings, quiet_rasa
from assistant.knowledge.source import ContentError, ContentFile, read, short_path
from assistant.settings import TOP
from assistant.talk.turn import Memory

ANSWERS_INTENTS = "action_answer"
"""The action that serves an intent by its answer file."""
_PAYLOAD = re.compile(r"/([a-z_0-9]+)(\{.*\})?", re.DOTALL)
_NAMES_INTENTS = frozenset({"ask_button", "topic_buttons"})
"""Functions of the code whose text arguments are intents for buttons."""


@dataclass(frozen=True)
class Dialogue:
    """The files of a dialogue, read with their lines.

    Attributes:
        rules: Each file under data/ with rules or stories.
        code: The Python files that speak.
    """

    domain: ContentFile
    config: ContentFile
    rules: tuple[ContentFile, ...]
    phrases: ContentFile
    answers: frozenset[str]
    code: tuple[Path, ...]

    @classmethod
    def of(cls, top: Path) -> Dialogue:
        """Read the dialogue of a checkout.

        Raises:
            ContentError: A file is missing or not YAML.
        """
        files = [
            read(path)
            for path in sorted((top / "data").rglob("*.yml"))
            if "nlu" not in path.relative_to(top).as_posix()
        ]
        return cls(
            read(top / "domain.yml"),
            read(top / "config.yml"),
            tuple(file for file in files if {"rules", "stories"} & set(file.data or ())),
            read(top / "content" / "en" / "phrases" / "talk.yml"),
            frozenset(path.parent.name for path in (top / "content" / "en" / "answers").glob("*/topic.yml")),
            tuple(sorted([*(top / "actions").rglob("*.py"), *(top / "assistant" / "talk").rglob("*.py")])),
        )

    @property
    def intents(self) -> list[str]:
        """The domain's intents."""
        return [next(iter(one)) if isinstance(one, dict) else str(one) for one in self.domain.data["intents"]]

    @property
    def forms(self) -> dict[str, list[str]]:
        """Each form's slots."""
        forms = self.domain.data.get("forms") or {}
        return {name: parts.get("required_slots") or [] for name, parts in forms.items()}

    def steps(self, part: str = "") -> Iterator[tuple[ContentFile, tuple[str | int, ...], dict[str, Any]]]:
        """Yield each step of the rules and stories (or one of the two) with its file and place; `or:` counts each."""
        for file in self.rules:
            for kind in (part,) if part else ("rules", "stories"):
                for number, rule in enumerate(file.data.get(kind) or ()):
                    for place, step in enumerate(rule.get("steps") or ()):
                        where = (kind, number, "steps", place)
                        options = step.get("or", [step])
                        for option, one in enumerate(options):
                            yield file, (*where, "or", option) if "or" in step else where, one


def problems(top: Path = TOP, written: Collection[str] | None = None) -> list[str]:
    """Return everything that is wrong, each with file, line and remedy.

    Args:
        top: The checkout.
        written: Names of the actions that exist in code; None asks the action package.
    """
    try:
        dialogue = Dialogue.of(top)
    except ContentError as error:
        return [str(error)]
    found = [
        *intents_without_rule_or_answer(dialogue),
        *remembered_without_slot(dialogue),
        *actions_nobody_calls(dialogue, written_actions() if written is None else written),
        *buttons_that_lead_nowhere(dialogue),
    ]
    return found or list(contradictions(top, dialogue))  # Rasa reads no data that names what isn't there


# -- intents -------------------------------------------------------------------------------------


def intents_without_rule_or_answer(dialogue: Dialogue) -> Iterator[str]:
    """Yield each intent that no rule takes, or that is answered from a file that isn't there."""
    ruled = {step["intent"] for _, _, step in dialogue.steps("rules") if "intent" in step}
    for number, intent in enumerate(dialogue.intents):
        if intent not in ruled:
            yield _at(dialogue.domain, f"no rule takes {intent}. Add it to data/rules.yml, or take the intent out.", "intents", number)  # fmt: skip
    for file, where, step in dialogue.steps():
        if "intent" in step and step["intent"] not in dialogue.intents:
            yield _at(file, f"{step['intent']} is no intent of domain.yml.", *where)
    for file in dialogue.rules:
        for number, rule in enumerate(file.data.get("rules") or ()):
            if not any(step.get("action") == ANSWERS_INTENTS for step in rule["steps"]):
                continue
            for step in rule["steps"]:
                for one in step.get("or", [step]):
                    if "intent" in one and one["intent"] not in dialogue.answers:
                        yield _at(
                            file,
                            f"content/en/answers has no {one['intent']}: run `make question id={one['intent']}` "
                            "or take the intent out.",
                            "rules",
                            number,
                        )


# -- slots ---------------------------------------------------------------------------------------


def remembered_without_slot(dialogue: Dialogue) -> Iterator[str]:
    """Yield each field of the talk's memory that no slot keeps: it would be forgotten at the next turn."""
    slots = dialogue.domain.data.get("slots") or {}
    for field in fields(Memory):
        if field.name not in slots:
            yield _at(
                dialogue.domain,
                f"Memory in assistant/talk/turn.py has {field.name}, and no slot keeps it. Add it to `slots`, in the form of its "
                "neighbors, then run `make train`.",
                "slots",
            )


# -- actions -------------------------------------------------------------------------------------


def written_actions() -> set[str]:
    """Return the names of the actions that the package `actions` has."""
    from assistant.engine.in_process_actions import InProcessActions

    return set(InProcessActions().names())


def rasas_own_actions() -> frozenset[str]:
    """Return the names of the actions that Rasa itself has: it calls some, and rules may call any."""
    from rasa.shared.core.constants import DEFAULT_ACTION_NAMES

    return frozenset(DEFAULT_ACTION_NAMES)


def actions_nobody_calls(dialogue: Dialogue, written: Collection[str]) -> Iterator[str]:
    """Yield each action or response that nothing calls, and each that is called but not there."""
    data, of_rasa = dialogue.domain.data, rasas_own_actions()
    named, responses = list(data.get("actions") or ()), list(data.get("responses") or ())
    inner = {f"validate_{form}" for form in dialogue.forms}
    inner |= {f"action_ask_{form}_{slot}" for form, slots in dialogue.forms.items() for slot in slots}
    inner |= {f"action_ask_{slot}" for slots in dialogue.forms.values() for slot in slots}
    called = inner | of_rasa | set(_said_in_code(dialogue.code)) | set(_fallbacks(dialogue.config.data))
    called |= {step["action"] for _, _, step in dialogue.steps() if "action" in step}
    for number, action in enumerate(named):
        if action not in called:
            yield _at(dialogue.domain, f"nothing calls {action}. Call it in a rule, or take it out.", "actions", number)  # fmt: skip
        if action not in written and action not in responses:
            yield _at(
                dialogue.domain, f"actions/ has no {action}. Write it, or take it out.", "actions", number
            )
    for response in responses:
        if response not in called:
            yield _at(dialogue.domain, f"nothing says {response}. Say it in a rule or an action, or take it out.", "responses", response)  # fmt: skip
    known = {*named, *responses, *dialogue.forms, *of_rasa}
    for file, where, step in dialogue.steps():
        if "action" in step and step["action"] not in known:
            yield _at(file, f"{step['action']} is no action, response or form of domain.yml.", *where)
    for action in sorted(set(written) - set(named)):
        yield _at(
            dialogue.domain, f"{action} is written in actions/, but not listed here. List it.", "actions"
        )


def _fallbacks(config: dict[str, Any]) -> Iterator[str]:
    for policy in config.get("policies") or ():
        yield from (value for key, value in policy.items() if key.endswith("action_name"))


def _said_in_code(files: Collection[Path]) -> Iterator[str]:
    """Yield the actions that code turns to (`FollowupAction("x")`) and the responses it says (`response="utter_x"`)."""
    for path in files:
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if _called(call) == "FollowupAction":
                yield from (str(one.value) for one in call.args if isinstance(one, ast.Constant))
            for keyword in call.keywords:
                if keyword.arg == "response":
                    yield from (str(n.value) for n in ast.walk(keyword.value) if isinstance(n, ast.Constant))


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


# -- buttons -------------------------------------------------------------------------------------


def buttons_that_lead_nowhere(dialogue: Dialogue) -> Iterator[str]:
    """Yield each button whose intent or entity the domain does not know: in responses, phrases and code."""
    for response, variations in (dialogue.domain.data.get("responses") or {}).items():
        for place, variation in enumerate(variations):
            for number, button in enumerate(variation.get("buttons") or ()):
                if wrong := _leads_nowhere(str(button.get("payload")), dialogue):
                    yield _at(dialogue.domain, f"button {button.get('title')!r}: {wrong}", "responses", response, place, "buttons", number)  # fmt: skip
    for plan, topics in (dialogue.phrases.data.get("topics_by_plan") or {}).items():
        for topic in topics:
            if wrong := _leads_nowhere(f"/{topic}", dialogue):
                yield _at(dialogue.phrases, wrong, "topics_by_plan", plan)
    for path in dialogue.code:
        for line, payload in _payloads(path):
            if wrong := _leads_nowhere(payload, dialogue):
                yield f"{short_path(path)}:{line}: {wrong}"


def _leads_nowhere(payload: str, dialogue: Dialogue) -> str:
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return f'{payload!r} is no payload. Write /intent or /intent{{"entity": "value"}}.'
    intent, values = found[1], found[2]
    if intent not in dialogue.intents:
        return f"/{intent} leads nowhere: it is no intent of domain.yml."
    try:
        entities = json.loads(values) if values else {}
    except ValueError:
        return f"{values} is no JSON, so Rasa would drop it."
    unknown = [name for name in entities if name not in (dialogue.domain.data.get("entities") or ())]
    return f"{', '.join(unknown)} is no entity of domain.yml, so the button says nothing." if unknown else ""


def _payloads(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and payload of each button that code makes, where the code itself names the intent."""
    for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
        if _called(call) == "Button" and len(call.args) > 1:
            payload = call.args[1]
            if isinstance(payload, ast.Constant):
                yield call.lineno, str(payload.value)
            elif isinstance(payload, ast.JoinedStr) and isinstance(payload.values[0], ast.Constant):
                begins = re.match(r"/[a-z_0-9]+", str(payload.values[0].value))
                if begins:  # the rest is filled in when the talk runs
                    yield call.lineno, begins[0]
        elif _called(call) in _NAMES_INTENTS:
            for node in (inner for arg in call.args for inner in ast.walk(arg)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield call.lineno, f"/{node.value}"


# -- contradictions ------------------------------------------------------------------------------


def contradictions(top: Path, dialogue: Dialogue) -> Iterator[str]:
    """Yield what Rasa's own RulePolicy says of rules and stories that contradict each other."""
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa's way to leave out the progress bars
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.generator import TrainingDataGenerator
    from rasa.shared.core.training_data.loading import load_data_from_files
    from rasa.shared.core.training_data.structures import StoryGraph
    from rasa.shared.exceptions import RasaException

    quiet_rasa()
    settings = next(
        (
            {key: value for key, value in policy.items() if key not in {"name", "core_fallback_threshold"}}
            for policy in dialogue.config.data.get("policies") or ()
            if policy["name"].endswith("RulePolicy")
        ),
        {},
    )
    try:
        domain = Domain.from_file(str(top / "domain.yml"))
        graph = StoryGraph(load_data_from_files([str(file.path) for file in dialogue.rules], domain))
        trackers = TrainingDataGenerator(graph, domain, use_story_concatenation=False).generate()
        with tempfile.TemporaryDirectory() as folder:
            policy = RulePolicy(
                {**RulePolicy.get_default_config(), **settings, "enable_fallback_prediction": True},
                LocalModelStorage.create(Path(folder)),
                Resource("rules"),
                ExecutionContext(GraphSchema({})),
            )
            policy.train(trackers, domain)
    except RasaException as error:
        text = re.sub(r"\s+", " ", str(error).split("Please see")[0]).strip()
        yield f"data/: rules and stories contradict each other, or can't be read: {text}"


def _at(file: ContentFile, message: str, *where: str | int) -> str:
    return str(file.error(message, *where))


def main() -> None:
    """Say what is wrong, or nothing."""
    ignore_warnings()
    try:
        found = problems()
    except ContentError as error:  # the actions read content/ when they are imported
        found = [str(error)]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
