"""Danger that is told of grown-ups at school: of which kind, so that what to do about the school can follow the lines.

A rule, because no line of training says who did it. Of the 596 lines of danger that we have it finds 38, and all but one are of the
school; the classifier's next best topic would find 45, and 18 of them are not.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.nlu.danger.abuse import BLOWS, HELD, MARKS
from assistant.nlu.danger.words import FAMILY

OF_SCHOOL = (
    r"\b(?:teachers?|aides?|paras?|parapros?|paraeducators?|paraprofessionals?|para professionals?|subs?|substitutes?|staff"
    r"|principal|vp|dean|coach|(?:bus|van) (?:driver|monitor|aide)|driver|monitor|resource officer|sro|lunch lady|behavior tech"
    r"|restrain\w*|prone|seclu\w*|(?:quiet|calm\w*(?: down)?|padded|isolation|time ?out|self contained) room|at school"
    r"|(?:from|to|in) (?:pre)?school|in(?:to)? (?:a|the) (?:little|locked|small) room)\b"
)
"""Who and what there is only at school."""
OF_HOME = rf"\b(?:{FAMILY}s?|he hits us|foster|her house|his house)\b"
"""Whoever else may have done it: then nothing is said about the school."""
KINDS: Mapping[str, tuple[str, ...]] = {"held": HELD, "hit": BLOWS, "marks": MARKS}
"""The kinds in the order in which they count: who is hurt in a hold was held."""
