"""How a plan that a message names stands to the child: there is one, there is none, it is asked for, refused, or over.

A grammar, not a choice among topics: "no iep", "they denied the iep", "we asked for one" and "had one till May" hold the same words, and
the few ones around the plan's name tell them apart. tests/unit/talk/test_standing.py has a table of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.talk.child import Standing
from assistant.talk.turn import Named, Turn

_ANY = r"(?:\s+(?:an?|any|the|his|her|their|our|my|that|this|some|real|actual|own|new|full|formal|one|for|either|kind|of|yet|even|really|currently|him|her|us|it|son'?s?|daughter'?s?|kid'?s?|child'?s?))*\s*$"
"""What may stand between the word that tells and the plan's name."""
_NOT = r"(?:not|n[o']t|never|isn'?t|wasn'?t|aren'?t|doesn'?t|don'?t|didn'?t|hasn'?t|haven'?t|won'?t|wouldn'?t|can'?t|cannot)"
_DENIED = re.compile(
    r"\b(?:(?:den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)(?:\s+to\s+(?:give|write|do|make|offer|approve|grant|consider|evaluate(?:\s+\w+)?\s+for|test(?:\s+\w+)?\s+for))?|reject(?:s|ed|ing)?|declin(?:e|es|ed|ing)|turn(?:s|ed|ing)?\s+(?:him|her|us|me|them|it)?\s*down(?:\s+for)?"
    r"|sa(?:y|ys|id)\s+no\s+to|no\s+to|(?:not|in)\s*eligible\s+for|ineligible\s+for"
    r")(?:\s+(?:him|her|us|me|them))?)" + _ANY,
    re.IGNORECASE,
)
_WONT = re.compile(
    rf"\b(?:{_NOT}\s+(?:qualify|qualified|eligible|meet\s+the\s+criteria|give(?:\s+(?:him|her|us|me|them))?|let\s+(?:him|her|us)\s+have|do|write|approve|grant|offer(?:\s+(?:him|her|us))?|get|got)(?:\s+for)?"
    rf"|{_NOT}\s+need)(?:\s+(?:him|her|us|me|them))?" + _ANY,
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\s*(?:(?:request|application|evaluation|eligibility|plan)\s+)?(?:(?:was|were|got|is|has been|had been|just)\s+)*(?:denied|refused|rejected|turned down|declined)\b",
    re.IGNORECASE,
)
_LACKING = re.compile(
    rf"\b(?:no|without|neither|nor|minus|instead of|rather than|not|{_NOT}\s+(?:have|has|had|on|been on|be on|called|yet have)|lacks?|no longer has)"
    + _ANY.replace("|any|", "|any|504|iep|plan|or|nor|", 1),
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:(?:drop(?:s|ped|ping)?|end(?:s|ed|ing)?|cancel(?:s|ed|led)?|stop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|terminat(?:e|es|ed)|close[sd]?|pull(?:s|ed)?|lost|lose|revok(?:e|es|ed)|discontinu(?:e|es|ed))"
    r"|(?:took|takes?|taken|taking)\s+(?:(?:him|her|them)\s+off(?:\s+of)?|away)|(?:came|come|coming|got|gotten|kicked|moved|taken)\s+off(?:\s+of)?|exit(?:s|ed|ing)?(?:\s+(?:him|her|them))?(?:\s+from)?"
    r"|dismiss(?:es|ed)?(?:\s+(?:him|her|them))?\s+from|graduated\s+(?:from|out of)|used\s+to\s+(?:have|be on)|(?:previously|formerly|once)\s+had|no\s+longer\s+(?:has|have|on|qualifies\s+for|eligible\s+for))"
    + _ANY,
    re.IGNORECASE,
)
_ENDED_AFTER = re.compile(
    r"^\s*(?:plan\s+)?(?:(?:was|were|got|has|had|is|been|just|finally|then)\s+)*(?:expired|lapsed|ended|dropped|taken away|terminated|canceled|ran out|removed|closed|stopped|discontinued)\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"(?<!'s )(?<!has )(?<!have )(?<!'ve )(?<!always )\b(?:had|was\s+on|were\s+on)" + _ANY, re.IGNORECASE
)
_TILL = re.compile(
    r"\b(?:till?|until|last\s+(?:year|spring|fall|summer|school year)|in\s+(?:preschool|pre-?k|kindergarten|elementary|middle school|\w+ grade|\d)|before|years?\s+ago|at\s+(?:his|her|the|our)\s+(?:old|last|previous)"
    r"|(?:and|but)\s+(?:then\s+)?(?:they|it|the\s+school|now)|once|anymore|for\s+a\s+while)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?(?:\s+(?:the\s+school|them|for|about))*\s+(?:for|to get|about)|request(?:s|ed|ing)?|appl(?:y|ies|ied|ying)\s+for|want(?:s|ed|ing)?(?:\s+to\s+(?:get|have|ask\s+for|request))?|wish\s+for|would\s+like"
    r"|need(?:s|ed)?|try(?:ing)?\s+to\s+get|tried\s+to\s+get|push(?:ing|ed)?\s+for|fight(?:ing)?\s+(?:for|to\s+get)|fought\s+for|hop(?:e|ing)\s+(?:for|to\s+get)|wait(?:ing)?\s+(?:on|for)|in\s+the\s+process\s+of\s+getting|start(?:ing)?\s+the"
    r"|(?:test|evaluat|assess)(?:ed|ing|e)?(?:\s+(?:him|her))?\s+for|qualif(?:y|ies)\s+for|eligible\s+for|(?:can|could|should|does|do|will|would|may|might|how\s+(?:do|can))\s+(?:i|we|he|she|they|it|my\s+\w+)\s+(?:even\s+)?(?:get|have|ask\s+for|request|apply\s+for|push\s+for|need|be\s+on)"
    r"|(?:get|getting)\s+(?:him|her|them|my\s+\w+)|offer(?:s|ed|ing)?(?:\s+(?:him|her|us|me))?|propos(?:e|es|ed)|suggest(?:s|ed)?)"
    + _ANY,
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:his|her|their|our|the|my\s+\w+'?s|my|current|existing)\s*$", re.IGNORECASE)
_HELD = re.compile(
    r"(?:\b(?:has|have|having|got|gets|had|on|with|under|already|currently|still|keeps|kept|it'?s|(?:it|this|that|he|she)\s+is)|(?<!what)'s(?:\s+on)?|'ve\s+got)"
    + _ANY,
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"^'?s?\s*(?:meeting|mtg|goals?|team|case\s+manager|manager|review|annual|coordinator|accommodations?|minutes|says|paper|document|folder)\b",
    re.IGNORECASE,
)
"""What belongs to a plan: who wants "an IEP meeting" does not ask for the plan itself."""
_ASKS = re.compile(
    r"^(?:\W*(?:and|but|so|ok|also|then|or|if|what if|what about|how about|is it|is that|are)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[.;!?\n]|,?\s+\b(?:but|and then|so|because|bc|when|if|while|although|though)\b|,\s|\band\s+(?=(?:i|we|he|she|they|now|the\s+school)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:ask(?:ed|ing)?\s+for|request(?:ed)?|appl(?:y|ied)\s+for|want(?:s|ed)?|need(?:s|ed)?|get|had|has|have|got|den(?:y|ied)(?:\s+(?:us|him|her))?|refus(?:e|ed)(?:\s+(?:us|him|her))?)\s+(one)\b(?!\s+(?:of|more|thing|question|day|kid|child|teacher|person|meeting|call))",
    re.IGNORECASE,
)


_NEAR = 120
"""Characters beside a plan's name that may tell how it stands."""


@dataclass(frozen=True)
class Stands:
    """A plan that a message names ("none" for "no plan yet"), and how it stands; None where it is only named ("what is an IEP").

    Attributes:
        start: Where in the text it is named.
    """

    plan: str
    how: Standing | None
    start: int


def stands(turn: Turn, talked_of: str | None = None) -> list[Stands]:
    """Return how each plan that a turn names stands, in order of place.

    Args:
        turn: What the parent wrote.
        talked_of: The plan that the talk is about: "we asked for one" means it.
    """
    named = sorted((one for one in turn.entities if one.kind == "plan"), key=lambda one: one.start)
    named += list(_ones(turn.text, named, talked_of))
    found = [Stands(one.value, _standing(turn.text, one), one.start) for one in named]
    found += [Stands("none", "held", one.start) for one in turn.entities if one.kind == "no_plan"]
    return sorted(found, key=lambda one: one.start)


def _ones(text: str, named: list[Named], talked_of: str | None) -> Iterable[Named]:
    """Yield the "one" of "we asked for one" as the plan named before it."""
    for found in _ONE.finditer(text):
        before = [one.value for one in named if one.start < found.start(1)]
        plan = before[-1] if before else talked_of
        if plan in ("504", "iep") and not any(one.start == found.start(1) for one in named):
            yield Named("plan", plan, found.start(1), found.end(1))


def _standing(text: str, one: Named) -> Standing | None:
    before = _CLAUSE.split(text[max(one.start - _NEAR, 0) : one.start])[-1]
    rest = text[one.end : one.end + _NEAR]
    after = _CLAUSE.split(rest)[0]
    own = _OWN.search(before)  # "the teacher never got his 504", "they won't do the iep": there is one
    if _DENIED.search(before) or _DENIED_AFTER.match(rest) or (_WONT.search(before) and not own):
        return "denied"
    if (_LACKING.search(before) and not own) or re.match(r"\s*-?\s*(?:no|none|nope)\b", after, re.IGNORECASE):
        return "lacking"
    if _ENDED.search(before) or _ENDED_AFTER.match(rest):
        return "ended"
    if _HAD.search(before) and _TILL.search(rest):
        return "ended"
    if _PART_OF.match(rest):
        return None
    if _WANTED.search(before) and not own:
        return "wanted"
    if _HELD.search(before) and not _ASKS.match(before.strip()):
        return "held"
    return None


def named_plan(turn: Turn, talked_of: str | None = None) -> tuple[str | None, bool]:
    """Return the plan the turn is about and whether both were named (then the plan is None).

    "Had a 504, now it's an IEP" is about the IEP; "an IEP, not a 504" too; "a 504, and they denied the IEP" as well.
    """
    found = [one for one in stands(turn, talked_of) if one.plan != "none"]
    meant = [one for one in found if one.how != "lacking"]
    if found and not meant:
        return "none", False  # "he has no 504 and no iep"
    plans = list(dict.fromkeys(one.plan for one in meant))
    if len(plans) == 1:
        return plans[0], False
    if len(plans) == 2:
        if _CHANGED.search(turn.text):
            return meant[-1].plan, False
        sought = {one.plan for one in meant if one.how in ("wanted", "denied")}
        if len(sought) == 1 and all(one.how in ("held", "ended") for one in meant if one.plan not in sought):
            return sought.pop(), False
        return None, True
    return ("none" if turn.values("no_plan") else None), False


_CHANGED = re.compile(
    r"\b(?:had|used to have|was on|were on|came off|started (?:out )?with|previously|before (?:he|she|they|it)|old|first)\b.*\b(?:now|switched|moved|then|currently|today|changed|upgraded)\b",
    re.IGNORECASE | re.DOTALL,
)
