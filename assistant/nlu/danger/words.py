"""Word groups that the patterns of danger are built from."""

from __future__ import annotations


def near(first: str, second: str, within: int = 30) -> str:
    """Return a pattern: `first`, then `second` in the same sentence, at most `within` signs later."""
    return rf"{first}[^.?!]{{0,{within}}}?{second}"


def soon(first: str, second: str, within: int = 100) -> str:
    """Return a pattern like `near`, across the ends of sentences."""
    return rf"{first}.{{0,{within}}}?{second}"


MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
SELF = r"(?:my|him|her|them|it|his|our)[ -]?sel(?:f|ves)\b"

_KIN = (
    r"(?:son|daughter|kid|kiddo|child|children|boy|girl|baby|toddler|teen|teenager|grandson|granddaughter"
    r"|grandchild|grandbaby|stepson|stepdaughter|niece|nephew|brother|sister|student|kindergartner"
    r"|\w+ grader|\d+ ?(?:yr|yrs|year|years|yo|y/o)(?:[ -]?olds?)?|\d+yo|twins?)s?\b"
)
CHILD = rf"(?:my|our|the|a|his|her|their|this|autistic|nonverbal) (?:[\w-]+ ){{0,3}}?{_KIN}"
VICTIM = rf"(?:him|her|them|kids|students|children|{CHILD})\b"
HE_OR_SHE = rf"\b(?:he|she|hes|shes|they|theyre|{CHILD})"

STAFF = (
    r"(?:teacher|aide|para|paras|parapro|paraeducator|para ?professional|sub|substitute|staff|principal|vp"
    r"|dean|coach|driver|monitor|officer|sro|resource officer|nurse|lady|worker|provider|therapist"
    r"|adult|adults|counselor)"
)
FAMILY = (
    r"(?:dad|daddy|father|mom|mama|mommy|mother|stepdad|stepfather|stepmom|stepmother|boyfriend|girlfriend"
    r"|husband|wife|partner|ex|uncle|aunt|grandpa|grandfather|cousin|sitter|babysitter|brother in law"
    r"|neighbor)"
)
GROWN_UP = rf"\b(?:{STAFF}|{FAMILY}|man|woman)(?:s boyfriend)?\b"

# Up to four words between the doer and the deed. A new subject or a reporting verb ends it: in "the
# teacher said my son hit her" the child is the doer, and that is a question about behavior.
DOING = (
    r"(?: (?!(?:said|says|saying|told|tells|claims?|thinks?|because|when|if|he|she|they|i|we|you|my|our|son"
    r"|daughter|kid|child|student|boy|girl|classmate|bully|was|were|got|gets|getting|being|to|for|and|by"
    r"|about|after|before)\b)[\w-]+){0,4}? "
)
