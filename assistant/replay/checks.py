"""How each kind of expectation is compared with what came.

A check returns "" where the turn is as expected, else what came instead, in words a tester can act on.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from assistant.replay.as_written import as_list
from assistant.replay.masking import personal_data
from assistant.replay.seen import Seen

SHOWN_CHARACTERS = 400


def _quoted(text: str) -> str:
    cut = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + " ..."
    return cut.replace("\n", "\n      ")


def _any_of(values: Any) -> str:
    return " or ".join(str(value) for value in as_list(values))


def _answered(seen: Seen) -> str:
    given = [reply["answer"] for reply in seen.replies if reply.get("answer")]
    return " and ".join(f"{a.get('point') or a['intent']} for plan {a['plan']}" for a in given) or "no answer"


def _part(answer: Mapping[str, Any], part: str) -> str:
    """Return a part of an answer as a story writes it: the point of a topic's general words is "none"."""
    return str(answer.get(part) or "none")


def check_answer(expected: Any, seen: Seen) -> str:
    """Compare topic, point and plan of the answers: one answer has them all."""
    given = [reply["answer"] for reply in seen.replies if reply.get("answer")]
    if expected == "none":
        return f"an answer was given: {_answered(seen)}" if given else ""
    fits = any(
        all(_part(answer, part) in as_list(wanted) for part, wanted in expected.items()) for answer in given
    )
    if fits:
        return ""
    asked = ", ".join(_any_of(expected[part]) for part in ("intent", "point") if part in expected)
    wanted = " for plan ".join(part for part in (asked, _any_of(expected.get("plan", ""))) if part)
    understood = f" (understood as {seen.inside.intent})" if seen.inside else ""
    came = _answered(seen)
    return f"answer: wanted {wanted}, came {came}{understood}" + (
        "" if given else f"; it said:\n      {_quoted(seen.text)}"
    )


def check_source(expected: Any, seen: Seen) -> str:
    """Find each citation or link among the sources."""
    sources = [source for reply in seen.replies for source in reply.get("sources") or ()]
    cited = [" ".join(str(source.get(part, "")) for part in ("title", "cite", "url")) for source in sources]
    missing = [
        wanted for wanted in as_list(expected) if not any(wanted.lower() in one.lower() for one in cited)
    ]
    if not missing:
        return ""
    came = (
        "; ".join(str(source.get("cite") or source.get("title")) for source in sources) or "no source at all"
    )
    return f"source: wanted {' and '.join(missing)}, came {came}"


def check_outcome(expected: Any, seen: Seen) -> str:
    """Compare the outcome: one of the replies has it."""
    came = [str(reply.get("outcome")) for reply in seen.replies]
    if set(came) & set(as_list(expected)):
        return ""
    return f"outcome: wanted {_any_of(expected)}, came {', '.join(came) or 'nothing'}; it said:\n      {_quoted(seen.text)}"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("**", "").replace("’", "'")).lower()


def check_contains(expected: Any, seen: Seen) -> str:
    """Find each text in what was said; `a | b` is either. Case, bold and line breaks don't count."""
    said = _plain(seen.text)
    missing = [
        wanted
        for wanted in as_list(expected)
        if not any(_plain(way.strip()) in said for way in wanted.split("|"))
    ]
    if not missing:
        return ""
    near = _nearest(missing[0], seen.text)
    return f"text: wanted {' and '.join(map(repr, missing))}{near}, came:\n      {_quoted(seen.text)}"


def _nearest(wanted: str, text: str) -> str:
    """Return the words of the text that come nearest to what is missing, for a misspelled or reworded one."""
    count = len(wanted.split())
    words = text.split()
    runs = [" ".join(words[place : place + count]) for place in range(max(1, len(words) - count + 1))]
    close = difflib.get_close_matches(wanted, runs, n=1, cutoff=0.7)
    return f" (nearest: {close[0]!r})" if close else ""


def check_lacks(expected: Any, seen: Seen) -> str:
    """See that none of the texts was said."""
    said = _plain(seen.text)
    there = [text for text in as_list(expected) if _plain(text) in said]
    return (
        f"text: {' and '.join(map(repr, there))} must not be said, came:\n      {_quoted(seen.text)}"
        if there
        else ""
    )


def check_words(expected: Any, seen: Seen) -> str:
    """Count the words."""
    count = len(seen.text.split())
    return (
        f"text: wanted at most {expected} words, came {count}:\n      {_quoted(seen.text)}"
        if count > int(expected)
        else ""
    )


def _utters(wanted: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    if "utter_name" in wanted and reply.get("utter_name") != wanted["utter_name"]:
        return False
    if "text_matches" in wanted and not re.search(wanted["text_matches"], str(reply.get("text")), re.DOTALL):
        return False
    there = [dict(button) for button in reply.get("buttons") or ()]
    return all(
        any(all(str(button.get(part)) == text for part, text in one.items()) for button in there)
        for one in as_list(wanted.get("buttons", []))
    )


def check_uttered(expected: Any, seen: Seen) -> str:
    """Find one reply that has the name, matches the pattern and has the buttons."""
    if any(_utters(expected, reply) for reply in seen.replies):
        return ""
    wanted = ", ".join(f"{part} {value}" for part, value in expected.items())
    buttons = ", ".join(str(button.get("title")) for button in seen.buttons) or "none"
    return f"bot_uttered: wanted {wanted}, came:\n      {_quoted(seen.text)}\n      buttons: {buttons}"


def check_not_uttered(expected: Any, seen: Seen) -> str:
    """See that no reply has the name, matches the pattern and has the buttons."""
    if not any(_utters(expected, reply) for reply in seen.replies):
        return ""
    return f"bot_did_not_utter: {expected} must not come, came:\n      {_quoted(seen.text)}"


def check_exact(expected: Any, seen: Seen) -> str:
    """Find one reply with exactly this text."""
    texts = [str(reply.get("text")).strip() for reply in seen.replies]
    if expected.strip() in texts:
        return ""
    lines = difflib.ndiff(expected.strip().splitlines(), seen.text.strip().splitlines())
    return "bot: the words differ (- wanted, + came):\n      " + "\n      ".join(
        line for line in lines if line[0] != "?"
    )


def _like(value: Any, wanted: str) -> bool:
    """Whether a slot's value is what a file writes as text."""
    if value is None:
        return wanted in {"null", "none", "None", ""}
    return str(value).lower() == wanted.lower()


def check_slots(expected: Any, seen: Seen) -> str:
    """See that each slot was set in this turn, and to the value, if one is given."""
    came = seen.inside.slots if seen.inside else ()
    missing = [
        slot for slot in as_list(expected)
        if not any(name == slot["name"] and ("value" not in slot or _like(value, slot["value"])) for name, value in came)
    ]  # fmt: skip
    if not missing:
        return ""
    return f"slot_was_set: wanted {missing}, came {', '.join(f'{n}={v!r}' for n, v in came) or 'none'}"


def check_no_slots(expected: Any, seen: Seen) -> str:
    """See that none of the slots was set in this turn (to the value, if one is given)."""
    there = [slot for slot in as_list(expected) if not check_slots([slot], seen)]
    return f"slot_was_not_set: {there} must not be set, but was" if there else ""


def check_action(expected: Any, seen: Seen) -> str:
    """See that the action ran in this turn."""
    came = seen.inside.actions if seen.inside else ()
    return "" if expected in came else f"action_executed: wanted {expected}, came {', '.join(came) or 'none'}"


def check_step(expected: Any, seen: Seen) -> str:
    """Compare the slot that a form asks for after the turn; `none`: no form is active."""
    came = (seen.inside.form_step if seen.inside else None) or "none"
    return (
        ""
        if came in as_list(expected)
        else f"form_step: wanted {_any_of(expected)}, came {came}; it said:\n      {_quoted(seen.text)}"
    )


def check_mail(expected: Any, seen: Seen) -> str:
    """Find a mail that left in this turn."""
    mails = seen.inside.mails if seen.inside else ()
    fits = any(
        expected.get("to", "") in mail and re.search(expected.get("text_matches", ""), mail, re.DOTALL)
        for mail in mails
    )
    return (
        ""
        if fits
        else f"mail_sent: wanted {expected}, came {len(mails)} mails"
        + "".join(f"\n      {_quoted(mail)}" for mail in mails)
    )


def check_kept(expected: Any, seen: Seen) -> str:
    """See that the tracker store holds none of the texts listed; `true`: no e-mail, phone or the like at all."""
    kept = seen.inside.kept if seen.inside else ""
    if isinstance(expected, list):
        there = [text for text in expected if text.lower() in kept.lower()]
    else:
        there = personal_data(kept)
    return (
        f"no_personal_data_kept: the tracker store still holds {', '.join(map(repr, there[:5]))}"
        if there
        else ""
    )
