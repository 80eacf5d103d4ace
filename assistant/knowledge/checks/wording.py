"""Words: letters that nobody explains, "must" without a law, assurances of nobody, and words for disability that hurt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import SCRIPT, Passage
from assistant.knowledge.facts import Facts, law_link
from assistant.knowledge.glossary import Term

KNOWN_LETTERS = frozenset(
    "IEP OK US ADHD OCD PTSD SAT ACT PSAT AP GED PE IQ TV PDF CPR CFR TTY YMCA AM PM FAQ AI SSI".split()
)
"""What parents know as it is: the plan's own name, tests and everyday letters. 504 is a number."""

OUTDATED = re.compile(
    r"\b(?:handicap\w*|(?:mental(?:ly)? )?retard\w*|crippl\w*|wheelchair[- ]bound|confined to a wheelchair|"
    r"suffer\w* from|afflicted|mongol\w*|spastic|deaf[- ]mute|deaf and dumb|lunatic|idiot|imbecile|"
    r"emotionally disturbed)\b",
    re.IGNORECASE,
)
"""Words of old rules and old habits; the law's own names stand in facts, never in what a parent reads."""

_LETTERS = re.compile(r"(?<![\w&.])([A-Z][A-Z&]{1,6})(?:s|'s|’s)?(?![\w&]|\.[A-Z])")
_NOT_LETTERS = re.compile(r"\"[Ww]hat is [A-Z]+\?\"|\b[IVX]+\b")
"""What a parent may type to learn them, and Roman numbers."""
_DUTY = re.compile(
    r"\b(?:must|ha(?:s|ve) to|(?:schools?|districts?|teachers?|principals?|staff|team) (?:\w+ )?may not|by law|(?:il|un)lawful|illegal)\b",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(
    r"\b(?:not|n't|never|nor|you|parents?|we|i) (?:ever |also )?(?:must|ha(?:s|ve) to)\b", re.IGNORECASE
)
"""What a parent does, or nobody need do."""
_ASSURANCE = re.compile(
    r"\b(?:people|persons?|humans?|experts?|attorneys?|lawyers?) (?:\w+ ){0,3}(?:checked|reviewed|approved|verified)\b"
    r"|\b(?:checked|reviewed|approved|verified) by\b|\bwe (?:last )?(?:checked|verified) th(?:is|e) answer|\bcan(?:'t|not| not) make (?:things|anything) up\b",
    re.IGNORECASE,
)
"""That somebody vouches for the words: true only where `approved` names who, and then still for that text alone."""
_COURT_OR_STATE_LAW = re.compile(
    r"\d+ U\.S\. \d+|F\.[34]th|Cal\. Ed\. Code|A\.J\.T\.|Endrew|Honig|Interstate Compact"
)


def find(passages: Iterable[Passage], glossary: Mapping[str, Term], facts: Facts) -> Iterator[Finding]:
    """Yield the words that need an explanation, a law, or another word."""
    long_names = {name: _long_names(name, glossary) for name in _all_letters(glossary)}
    for passage in passages:
        yield from _unexplained(passage, long_names)
        yield from _unlawful_duty(passage, facts)
        if (match := _ASSURANCE.search(passage.text)) and not _approved(passage):
            yield passage.finding(
                f"{match[0]!r}: nobody is named who did. Fill in `approved`, or take the words out.", match[0]
            )
        for match in OUTDATED.finditer(passage.text):
            yield passage.finding(
                f"{match[0]!r} is an outdated word for disability. Name the condition or the need.", match[0]
            )


def _approved(passage: Passage) -> bool:
    data = passage.file.data
    return isinstance(data, dict) and bool(data.get("approved", {}).get("by"))


def _all_letters(glossary: Mapping[str, Term]) -> set[str]:
    return {name for term in glossary.values() for name in term.names if name.isupper()}


def _long_names(letters: str, glossary: Mapping[str, Term]) -> tuple[str, ...]:
    return tuple(
        name.lower()
        for term in glossary.values()
        if letters in term.names
        for name in term.names
        if " " in name or len(name) > 8
    )


def _unexplained(passage: Passage, long_names: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    if passage.kind in ("small", SCRIPT):
        return
    said = f"{passage.before}\n{passage.text}"
    own = {word.upper() for word in passage.own_words}
    for letters in dict.fromkeys(match[1] for match in _LETTERS.finditer(_NOT_LETTERS.sub("", passage.text))):
        if letters in KNOWN_LETTERS or letters.upper() in own:
            continue
        explained = re.search(rf"\({re.escape(letters)}s?\)|\b{re.escape(letters)}s? \(", said) or any(
            name in said.lower() for name in long_names.get(letters, ())
        )
        if not explained:
            yield passage.finding(
                f"{letters} is not explained. Write what it stands for, then ({letters}), or say it without.",
                letters,
            )


def is_law(cite: str) -> bool:
    """Whether a cite names a section of law or a court's decision, not guidance or practice."""
    return law_link(cite) is not None or bool(_COURT_OR_STATE_LAW.search(cite))


def _unlawful_duty(passage: Passage, facts: Facts) -> Iterator[Finding]:
    """A duty of the school, or what it may not do, rests on a law; what a parent need or need not do is no duty."""
    if passage.kind == "small" or any(fact in facts and is_law(facts[fact].cite) for fact in passage.facts):
        return
    if passage.kind == "meaning":  # its own cite is checked with the terms
        return
    for match in _DUTY.finditer(_NO_DUTY.sub("", passage.text)):
        yield passage.finding(
            f"says {match[0]!r}, but no fact that it lists cites a law. Add the fact, or say 'usually', 'ask'.",
            match[0],
        )
