"""Plays a story on a target and compares each turn with what it has to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.replay.circles import circles, told_twice
from assistant.replay.kinds import KINDS, visible
from assistant.replay.seen import Played, Seen, Turn
from assistant.replay.story import Assertion, Case, Step
from assistant.replay.target import CannotPlay, Conversation, Target

_UNFILLED = re.compile(r"\{[a-z_]+\}")


async def play(case: Case, target: Target) -> Played:
    """Play every step, whatever failed before, so that one run shows all that is wrong."""
    played = Played(case.name)
    try:
        async with target.conversation(case) as talk:
            seen_before = [talk.greeting]
            played.turns.append(compare(0, case.line, talk.greeting, case.opening, target.inside))
            for step in case.steps:
                if step.does == "later":
                    await talk.wait(step.pause)
                    continue
                seen = await _do(step, talk)
                turn = compare(step.number, step.line, seen, step.assertions, target.inside)
                wrong = [*turn.wrong, *circles(seen_before[-1], seen), *told_twice(seen_before, seen)]
                played.turns.append(replace(turn, wrong=wrong))
                seen_before.append(seen)
    except CannotPlay as reason:
        at = f"step {step.number} (line {step.line}): " if played.turns else ""
        played.stopped = f"{at}{reason}"
    return played


async def _do(step: Step, talk: Conversation) -> Seen:
    return await (talk.press(step.text) if step.does == "press" else talk.say(step.text))


def compare(number: int, line: int, seen: Seen, assertions: Sequence[Assertion], inside: bool) -> Turn:
    """Return the turn with what is wrong with it."""
    checked = [one for one in assertions if visible(one.kind, one.expected, inside)]
    unchecked = [in_words(one) for one in assertions if one not in checked]
    expected = [(in_words(one), KINDS[one.kind].check(one.expected, seen)) for one in checked]
    wanted = {str(one.expected) for one in assertions if one.kind == "outcome"}
    return Turn(number, line, seen, expected, wrong_in_itself(seen, wanted), unchecked)


def wrong_in_itself(seen: Seen, outcomes_wanted: set[str]) -> list[str]:
    """Return what is wrong with a turn whatever a story expects of it."""
    wrong = [f"an exception: {error}" for error in (seen.inside.errors if seen.inside else ())]
    if not seen.text.strip():
        wrong.append("silence: no reply came")
    if any(reply.get("outcome") == "error" for reply in seen.replies) and not any(
        "error" in outcome for outcome in outcomes_wanted
    ):
        wrong.append(f"an inner error reached the parent: {seen.text[:200]}")
    if found := _UNFILLED.search(seen.text):
        wrong.append(f"a gap in the text was not filled: {found[0]}")
    return wrong


def in_words(assertion: Assertion) -> str:
    """Return an assertion as one line for a report."""
    expected = assertion.expected
    if isinstance(expected, dict):
        text = ", ".join(f"{part} {_either(value)}" for part, value in expected.items())
    else:
        text = _either(expected)
    return f"{assertion.kind}: {text}"


def _either(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)


def failure_text(case: Case, played: Played) -> str:
    """Return what a tester reads when a story fails."""
    lines = [f"{case.path.name}:{case.line}: {case.name}"]
    for turn in played.turns:
        if turn.failures:
            lines.append(f"  step {turn.number} (line {turn.line})  PARENT: {turn.seen.said}")
            lines += [f"    {failure}" for failure in turn.failures]
    if played.stopped:
        lines.append(f"  not played to its end: {played.stopped}")
    return "\n".join(lines)


def differences(first: Played, again: Played) -> list[str]:
    """Return where two plays of the same story differ in what a parent sees."""
    found = []
    for one, other in zip(first.turns, again.turns, strict=False):
        before, after = _visible_to_parent(one.seen), _visible_to_parent(other.seen)
        if before != after:
            found.append(f"step {one.number}: first {before}, then {after}")
    if len(first.turns) != len(again.turns):
        found.append(f"first {len(first.turns)} turns, then {len(again.turns)}")
    return found


def _visible_to_parent(seen: Seen) -> list[tuple[object, ...]]:
    return [
        (
            reply.get("text"),
            reply.get("outcome"),
            [button["title"] for button in reply.get("buttons") or ()],
            [source.get("url") for source in reply.get("sources") or ()],
            reply.get("answer"),
        )
        for reply in seen.replies
    ]
