"""Every kind of expectation: how it is written, how it is compared, what it needs to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.replay import as_written as written
from assistant.replay import checks
from assistant.replay.seen import Seen


@dataclass(frozen=True)
class Kind:
    """A kind of expectation.

    Attributes:
        mistake: Says what is wrong with how it is written; "" if nothing.
        check: Compares.
        inside: Whether it needs what only the process can see.
    """

    mistake: Callable[[Any], str]
    check: Callable[[Any, Seen], str]
    inside: bool = False


KINDS: dict[str, Kind] = {
    # Rasa Pro's
    "bot": Kind(written.text, checks.check_exact),
    "utter": Kind(
        written.text, lambda name, seen: checks.check_uttered({"utter_name": name}, seen), inside=True
    ),
    "bot_uttered": Kind(written.uttered, checks.check_uttered),
    "bot_did_not_utter": Kind(written.uttered, checks.check_not_uttered),
    "action_executed": Kind(written.text, checks.check_action, inside=True),
    "slot_was_set": Kind(written.slots, checks.check_slots, inside=True),
    "slot_was_not_set": Kind(written.slots, checks.check_no_slots, inside=True),
    # ours
    "answer": Kind(written.answer, checks.check_answer),
    "source_cited": Kind(written.texts, checks.check_source),
    "outcome": Kind(written.texts, checks.check_outcome),
    "text_contains": Kind(written.texts, checks.check_contains),
    "text_lacks": Kind(written.texts, checks.check_lacks),
    "words_at_most": Kind(written.number, checks.check_words),
    "form_step": Kind(written.texts, checks.check_step, inside=True),
    "mail_sent": Kind(written.mail, checks.check_mail, inside=True),
    "no_personal_data_kept": Kind(written.kept, checks.check_kept, inside=True),
}
"""Every kind of expectation. docs/use/replay.md lists the same."""


def visible(kind: str, expected: Any, inside: bool) -> bool:
    """Whether an expectation can be checked: over HTTP neither slots nor payloads nor response names show."""
    if inside:
        return True
    uttered = kind in {"bot_uttered", "bot_did_not_utter"}
    hidden = uttered and (
        "utter_name" in expected or any("payload" in b for b in written.as_list(expected.get("buttons", [])))
    )
    return not (KINDS[kind].inside or hidden)
