"""What a state's own rule does to an answer: it is said first, no other state is named beside it, and who helps there follows."""

from __future__ import annotations

import functools
import re
from datetime import date
from string import Formatter

from assistant.knowledge.answers import Answer
from assistant.knowledge.library import Library
from assistant.knowledge.packs import OFFICE, Pack, StateFact
from assistant.knowledge.points import Point
from assistant.talk.phrases import PHRASES
from assistant.talk.sentences import that_fit
from assistant.talk.understanding import Question

MOST_WORDS = 80
"""Words of a point's answer that begins with the state's rule, with its heading: more is not read on a phone."""
_STATES_DIFFER = re.compile(
    r"\b(?:some|most|many|other|few|certain) states\b|\bstates (?:differ|vary|set|decide|ask|let|allow|require)\b"
    r"|\b(?:your|each|the) state(?:'s)? (?:decides?|sets?|rules?|says|may|has|asks?|counts?|limit|age|form|allows?|lets|requires?|pays?|bans?|gives?|can)\b"
    r"|\bstate (?:laws?|rules?|limits?)\b|\bby state\b|\bdepends? on (?:your|the) state\b|\b(?:your state or district|district or state)\b"
)
"""How our own words leave something to the states."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
_LABEL = re.compile(r"^\s*(?:(?:[-*]|\d+\.)\s+)?(?:\*\*[^*]+\*\*\s*)?")


def with_state(
    point: Point, plan: str, own: StateFact | None, pack: Pack | None, room: int, asked: str | None
) -> str:
    """Return what follows the state's own rule, or the point's words before the word that none was checked.

    Args:
        point: The point.
        plan: The key of its words.
        own: The state's rule, where there is one.
        pack: The state, where it is known.
        room: Words that may be said; beyond it the last sentences of the federal part give way, never its first.
        asked: The plan that is asked about: a rule for IEPs is none for a 504 plan.
    """
    text = point.says[plan]
    if pack is None:
        return text
    if (
        not point.states
    ):  # "some states ask for a form" to a parent who named hers: it is said that hers was not checked
        leaves_it = _STATES_DIFFER.search(text) and pack.state not in text
        return f"{text} {PHRASES.state_unknown.format(state=pack.state)}" if leaves_it else text
    if own is None:
        for_iep = asked == "504" and pack.first(point.states) is not None
        if for_iep:
            return f"{text} {PHRASES.state_iep_only.format(state=pack.state)}"
        return f"{text} {PHRASES.state_unknown.format(state=pack.state)}"
    lead = _lead(own, pack, plan)
    if after := point.after_state.get(plan):
        return f"{lead} {after}"
    first, *others = _SENTENCE_END.split(text)
    said = that_fit([lead, first], others, room)
    if len(said) < len(others) + 2 and said[-1].endswith("?") and len(said) > 2:
        said.pop()  # the answer to it was left out
    return " ".join(said)


def _lead(own: StateFact, pack: Pack, plan: str) -> str:
    """Return the state's rule, with the state's name and, beside words for both plans, the plan that it is about."""
    named = pack.state in own.says
    for_iep = own.of_iep and plan != "iep" and own.field != OFFICE  # which says so itself
    if for_iep and named:
        rule = PHRASES.rule_iep.format(rule=own.says)
    elif for_iep:
        rule = PHRASES.state_rule_iep.format(rule=own.says, state=_after_in(pack.state))
    elif named:
        rule = own.says
    else:
        rule = PHRASES.state_rule.format(rule=own.says, state=_after_in(pack.state))
    if own.confidence == "high":
        return rule
    if own.helper:
        return PHRASES.helper_medium.format(rule=rule)
    return PHRASES.state_medium.format(rule=rule)


def _after_in(state: str) -> str:
    """Return the state's name as it stands behind "In": "the District of Columbia"."""
    return f"the {state}" if state.startswith("District") else state


def helpers(point: Point, pack: Pack | None, own: StateFact | None, asked: str | None) -> str:
    """Return who helps in the state, for a point that leads to them: several as a list, with the day they were checked."""
    found = [fact for fact in pack.all(point.helps, asked) if fact != own] if pack else []
    days = [fact.read for fact in (*found, own) if fact and fact.helper and fact.read]
    day = day_in_words(min(days)) if days else ""
    if len(found) > 1:
        lead = PHRASES.helpers_list.format(day=day) if day else ""
        return "\n".join((lead, *(f"- {fact.says}" for fact in found))).strip()
    checked = PHRASES.helpers_checked.format(day=day) if day else ""
    return " ".join((*(fact.says for fact in found), checked)).strip()


def at_home(text: str, question: Question, library: Library) -> str:
    """Return a text without the sentences that tell of other states, once a family's own is known."""
    state = question.state
    if state is None or not text:
        return text
    other = _other_states(state, tuple(library.packs))
    if not other.search(text):
        return text
    lines = []
    for line in text.split("\n"):
        label = _LABEL.match(line)
        start = label[0] if label else ""
        kept = [
            sentence
            for sentence in _SENTENCE_END.split(line[len(start) :])
            if state in sentence or not other.search(sentence)
        ]
        if kept or not line.strip():
            lines.append(start + " ".join(kept))
    return "\n".join(lines)


@functools.cache
def _other_states(state: str, all_states: tuple[str, ...]) -> re.Pattern[str]:
    others = "|".join(re.escape(name) for name in all_states if name not in state)
    return re.compile(rf"\b(?:{others})\b")


def no_room(point: Point, own: StateFact | None, said: str, write_to: str) -> bool:
    """Whether a state's rule leaves no room to name whom to write to, or names it already: the words after it say what to do."""
    if own is None:
        return False
    return own.helper or len(f"{point.asks} {said} {point.urgent} {write_to}".split()) > MOST_WORDS


def state_note(library: Library, question: Question, answer: Answer) -> str:
    """Return what holds in the parent's state, only where its rule or center was sourced."""
    pack = library.packs.get(question.state or "")
    if pack is None or not answer.by_state:
        return ""
    clock, request = pack.facts.get("evaluation_clock"), pack.facts.get("request_response")
    center = pack.facts.get("parent_center")
    filled = {
        "state": pack.state,
        "rule": _lead(clock, pack, "either") if clock else "",
        "response": _lead(request, pack, "either") if request else "",
        "center": center.says if center else "",
    }
    known = answer.by_state["known"]
    lacking = any(not filled[field] for _, field, _, _ in Formatter().parse(known) if field)
    sentence = answer.by_state["unknown"] if lacking else known
    if request and "response" in answer.by_state:
        sentence = f"{answer.by_state['response']} {sentence}"
    return sentence.format(**filled)


def day_in_words(day: date) -> str:
    """Return a day as a parent reads it: "November 30, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"
