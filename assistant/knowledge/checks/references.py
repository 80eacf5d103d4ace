"""Whether what an answer points to is there: questions, contacts, follow-ups, phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import ContentFile
from assistant.nlu.danger.school import KINDS

WITHOUT_FILE = ("book_consultation", "change_booking", "delete_talk")
"""Intents without an answer file that may stand on a button."""


def find(answer: ContentFile, intents: Collection[str], roles: Collection[str]) -> Iterator[Finding]:
    """Yield the dead ends of one answer file."""
    data, intent = answer.data, answer.path.parent.name
    for number, question in enumerate(data.get("next", ())):
        if question == intent:
            yield _finding(answer, f"next: {question} is this answer itself. Name another.", "next", number)
        elif question not in intents and question not in WITHOUT_FILE:
            yield _finding(answer, f"next: there is no answer {question}. Name one.", "next", number)
    for plan, role in data.get("contact", {}).items():
        if role not in roles:
            remedy = "Name one that content/en/contacts.yml lists."
            yield _finding(answer, f"contact: there is no role {role}. {remedy}", "contact", plan)
    for asked in data.get("follow_ups", {}):
        if asked not in intents:
            yield _finding(
                answer, f"follow_ups: there is no question {asked}. Name one.", "follow_ups", asked
            )
    for plan in set(data["facts"]) - set(data["texts"]):
        yield _finding(answer, f"facts: there is no text for {plan}. Take the line out.", "facts", plan)


def find_in_topics(phrases: ContentFile, intents: Collection[str]) -> Iterator[Finding]:
    """Yield topics of content/en/phrases/talk.yml that lead to no answer."""
    for plan, topics in phrases.data["topics_by_plan"].items():
        for number, topic in enumerate(topics):
            if topic not in intents:
                yield _finding(
                    phrases, f"there is no answer {topic}. Name one.", "topics_by_plan", plan, number
                )


def find_after_danger(crisis: ContentFile, names: Collection[str]) -> Iterator[Finding]:
    """Yield kinds of danger at school that content/en/crisis.yml leads nowhere, and leads to topics or points that are not there."""
    then = crisis.data["then"]
    for number, topic in enumerate(then["topics"]):
        if topic not in names:
            yield _finding(crisis, f"there is no topic {topic}. Name one.", "then", "topics", number)
    for kind in KINDS.keys() - then["school"].keys():
        yield _finding(crisis, f"{kind}: name the topic or point that follows the lines.", "then", "school")
    for kind, name in then["school"].items():
        if kind not in KINDS:
            yield _finding(crisis, f"there is no kind {kind}. Take it out.", "then", "school", kind)
        if name not in names:
            yield _finding(crisis, f"there is no topic or point {name}. Name one.", "then", "school", kind)


def _finding(file: ContentFile, problem: str, *place: str | int) -> Finding:
    return Finding(file.path, file.line(*place), problem)
