"""How a turn's time depends on the number of intents: our pipeline and rules on 25 to 150 of them.

Up to what data/nlu.yml has they are ours; beyond, they are copies of ours whose words are spelled backwards, so that they are as long
and as varied and mean something else.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from assistant.settings import TOP
from bench.messages import training_lines
from bench.parents import messages

LINES_AN_INTENT = 15
TURNS = 150


def lines_by_intent(count: int) -> dict[str, list[str]]:
    """Return `count` intents with their lines: ours first, then synthetic ones."""
    ours: dict[str, list[str]] = {}
    for text, intent in training_lines():
        ours.setdefault(intent, []).append(text)
    ours = {intent: lines[:LINES_AN_INTENT] for intent, lines in ours.items()}
    backwards = {
        f"synthetic_{intent}": [" ".join(word[::-1] for word in line.split()) for line in lines]
        for intent, lines in ours.items()
    }
    return dict(itertools.islice((ours | backwards).items(), count))


def write_project(count: int, folder: Path) -> None:
    """Write domain, data and config of an assistant with `count` intents, each with an answer of its own."""
    found = lines_by_intent(count)
    domain = {
        "version": "3.1",
        "intents": [*found, "out_of_scope"] if "out_of_scope" not in found else list(found),
        "responses": {f"utter_{intent}": [{"text": f"About {intent}."}] for intent in found},
    }
    nlu = [
        {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)}
        for intent, lines in found.items()
    ]
    rules = [
        {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in found
    ]
    config = yaml.safe_load((TOP / "config.yml").read_text())
    rule_policy = next(policy for policy in config["policies"] if policy["name"] == "RulePolicy")
    rule_policy["core_fallback_action_name"] = "action_default_fallback"
    for name, data in {
        "domain.yml": domain,
        "data/nlu.yml": {"version": "3.1", "nlu": nlu},
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "config.yml": config,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def train(folder: Path) -> Path:
    """Train the assistant in `folder`; return its model."""
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "data")],
        output=str(folder / "models"),
        force_training=True,
    )
    return Path(str(result.model))


async def median_turn_ms(agents: dict[int, Any]) -> dict[int, float]:
    """Return the median milliseconds of a turn for each agent, by intents; they take turns, message by message."""
    from assistant.turn.talking import Talk

    times: dict[int, list[float]] = {count: [] for count in agents}
    texts = list(itertools.islice(messages(), TURNS))
    for place, text in enumerate(texts):
        for count, agent in agents.items():
            talk = Talk(agent, f"{count}-{place // 8}")
            before = time.perf_counter()
            await talk.say(text)
            times[count].append(1000 * (time.perf_counter() - before))
    return {count: statistics.median(seen) for count, seen in times.items()}


def measure(counts: list[int]) -> dict[int, float]:
    """Train an assistant for each number of intents and return the median milliseconds of a turn in process."""
    from assistant.engine.agent import load_assistant

    models = {}
    for count in counts:
        folder = Path(tempfile.mkdtemp(prefix="whichplan-intents-"))
        write_project(count, folder)
        sys.stdout.write(f"Training an assistant with {count} intents ...\n")
        sys.stdout.flush()
        models[count] = train(folder)
    agents = {count: load_assistant(model) for count, model in models.items()}
    return asyncio.run(median_turn_ms(agents))
