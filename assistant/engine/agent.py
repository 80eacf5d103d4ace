"""Loads the assistant as one object: model, actions in this process, tracker store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.engine.quiet import quiet_rasa
from assistant.engine.unused_imports import import_rasa

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import TrackerStore


class NotLoaded(RuntimeError):
    """The model could not be loaded; the text says what to do."""


def load_assistant(
    model: Path, store: TrackerStore | None = None, actions_url: str = "", redis_url: str = ""
) -> Agent:
    """Return an agent that answers.

    Args:
        model: The trained model.
        store: Where talks are kept; None keeps them in memory.
        actions_url: A separate action server; empty runs the actions in this process.
        redis_url: Where all workers lock a talk; empty locks in this process alone.

    Raises:
        NotLoaded: The model could not be loaded.
    """
    import_rasa()
    import sklearn
    from rasa.core.agent import Agent
    from threadpoolctl import threadpool_limits

    from assistant.engine import lighter_turns, quick_start
    from assistant.engine.in_process_actions import InProcessActions
    from assistant.engine.separate_actions import SeparateActions
    from assistant.store.locks import TalkLocks

    quiet_rasa()
    lighter_turns.apply()
    quick_start.apply()
    # Texts come in as texts and n-grams out as numbers: looking for what is not finite was a third of their time
    sklearn.set_config(assume_finite=True, skip_parameter_validation=True)
    threadpool_limits(
        1, "blas"
    )  # one message is too small to share among threads: they would wait for each other
    actions = SeparateActions(actions_url) if actions_url else InProcessActions()
    agent = Agent(action_endpoint=actions)
    try:
        agent.load_model(model)
    except Exception as error:  # a file that was cut short makes each library raise something of its own
        reason = " ".join(str(error).split()) or type(error).__name__
        raise NotLoaded(f"{model} could not be loaded ({reason[:200]}): run `make train`.") from error
    if redis_url:
        agent.lock_store = TalkLocks(redis_url)  # type: ignore[assignment]
    if store is not None:
        keep_talks_in(agent, store)
    return agent


def keep_talks_in(agent: Agent, store: TrackerStore) -> None:
    """Let an agent read and write its talks in `store`."""
    # Past Agent's own wrapper: it would go on in memory when the database is away, and lose the talk silently.
    store.domain = agent.domain
    agent.tracker_store = store
    if agent.processor is not None:
        agent.processor.tracker_store = store


def hand_talks_on(before: Agent, new: Agent) -> None:
    """Let `new` go on where `before` is: the same talks, and the same locks while both are at work."""
    keep_talks_in(new, before.tracker_store)
    new.lock_store = before.lock_store
    if new.processor is not None:
        new.processor.lock_store = before.lock_store
