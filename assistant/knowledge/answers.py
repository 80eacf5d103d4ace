"""The answers of content/en/answers/: one folder a topic, a text for each plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema

from assistant.knowledge.approval import digest_of
from assistant.knowledge.facts import Facts
from assistant.knowledge.organisation import own_words
from assistant.knowledge.source import ANSWERS, CONTENT, TOPIC, ContentError, ContentFile, read

PLANS = ("504", "iep", "either", "none")
"""The keys of an answer's texts: `either` serves an unknown plan, `none` a child without one."""


_WORDED = ("title", "texts", "by_state", "caveat", "by_condition", "follow_ups", "by_channel")
"""What is approved: all that a parent reads of a topic."""


@dataclass(frozen=True)
class Text:
    """What is said: `short` answers alone, `more` has the steps, `simple` is for "say it simpler"."""

    short: str
    more: str = ""
    simple: str = ""


@dataclass(frozen=True)
class Frame:
    """What surrounds a condition's own words: before its supports, after them, and in simple words."""

    short: str = ""
    more: str = ""
    simple: str = ""

    def about(self, condition: str) -> Frame:
        """Return the same with the condition's name filled in."""
        return Frame(
            self.short.format(condition=condition),
            self.more.format(condition=condition),
            self.simple.format(condition=condition),
        )


@dataclass(frozen=True)
class Answer:
    """One reviewed answer."""

    intent: str
    title: str
    texts: Mapping[str, Text]
    facts: Mapping[str, tuple[str, ...]]
    by_state: Mapping[str, str]
    by_condition: Mapping[str, Frame]
    caveat: str
    contact: Mapping[str, str]
    next: tuple[str, ...]
    offer_call: bool
    reviewed: date
    review_by: date
    changed: bool = False
    """Whether its words are not those that somebody approved."""
    status: str = "live"
    """`live`, or `off`: a safe sentence is said instead, of its points too."""
    state_first: bool = False
    """Whether the state's sentence comes before the federal rule, once a parent has named the state."""
    contact_card: bool = False
    """Whether the question is whom to write to, or what: then the role's own words are shown."""
    about: str = ""
    """What kind of question it is: `assistant`, `both_plans`, `no_plan_yet`, `condition`, or empty."""
    in_place: bool = False
    """Whether the words for a plan are for a child who has it: a family that only asked for one gets those for "none"."""
    parents_right: bool = False
    """Whether it speaks of rights that the law gives a parent: who writes as another relative is shown what holds for them."""
    was: tuple[str, ...] = ()
    """The older topics whose messages this newer one takes over."""
    follow_ups: Mapping[str, Answer] = field(default_factory=dict)
    """What is said of the call to a question in the middle of booking, by that question's intent; and the words for a channel."""
    channels: frozenset[str] = frozenset()
    """The channels for which the answer has words of its own; they are in `follow_ups` by the channel's name."""

    def plan_for(self, plan: str | None) -> str:
        """Return the key of the text that serves `plan` ("504", "iep", "none" or None)."""
        return plan if plan and plan in self.texts else "either"


def digest(data: Mapping[str, Any]) -> str:
    """Return the digest of a topic's words: other words, another digest."""
    return digest_of({key: data[key] for key in _WORDED if key in data})


def text_for(answer: Answer, plan: str | None) -> Text:
    """Return what `answer` says to a family with this plan."""
    return answer.texts[answer.plan_for(plan)]


def load_answers(facts: Facts, folder: Path = ANSWERS) -> dict[str, Answer]:
    """Read all answers, by intent; {contact} and the like in a text are filled from content/consultation.yml.

    Raises:
        ContentError: A file breaks the schema, or names a fact, question or plan that isn't there.
    """
    words = own_words()
    schema = json.loads((CONTENT / "en" / "topic.schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    answers: dict[str, Answer] = {}
    files: dict[str, ContentFile] = {}
    for path in sorted(folder.glob(f"*/{TOPIC}")):
        file = read(path)
        _refuse_wrong_shape(file, validator)
        _refuse_unknown_facts(file, facts)
        intent = path.parent.name
        answers[intent] = _answer(intent, file, words)
        files[intent] = file
    if not answers:
        raise ContentError(f"{folder}: there are no answers. Restore content/en/answers from git.")
    for intent, answer in answers.items():
        for number, question in enumerate(answer.next):
            if question not in answers and not question.startswith(("book_", "change_", "delete_")):
                raise files[intent].error(
                    f"next: there is no answer file for {question}. Write it, or name another question.",
                    "next",
                    number,
                )
    return answers


def _refuse_wrong_shape(file: ContentFile, validator: jsonschema.Draft7Validator) -> None:
    problem = jsonschema.exceptions.best_match(validator.iter_errors(file.data))
    if problem is not None:
        raise shape_error(file, problem)


def shape_error(file: ContentFile, problem: jsonschema.ValidationError) -> ContentError:
    """Return the error for what breaks content/en/topic.schema.json in a file."""
    where = ".".join(map(str, problem.absolute_path)) or "the file"
    return file.error(
        f"{where}: {problem.message[:200]}. content/en/topic.schema.json says what belongs here.",
        *problem.absolute_path,
    )


def _refuse_unknown_facts(file: ContentFile, facts: Facts) -> None:
    for place, part in _texts_with_facts(file):
        for plan in part["texts"]:
            if plan not in part["facts"]:
                raise file.error(
                    f"facts: nothing backs the text for {plan}. List its facts.", *place, "facts"
                )
        for plan, ids in part["facts"].items():
            for number, fact in enumerate(ids):
                if fact not in facts:
                    raise file.error(
                        f"facts.{plan}: content/facts has no {fact}. Correct the id or add the fact.",
                        *place, "facts", plan, number,
                    )  # fmt: skip


def _texts_with_facts(file: ContentFile) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield the answer itself, its follow-ups and its words for a channel, with their place in the file."""
    yield (), file.data
    yield from side_texts(file.data)


def side_texts(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """Yield follow-ups and words for a channel, with their place in the file: ("by_channel", "slack")."""
    for kind in ("follow_ups", "by_channel"):
        for name, part in data.get(kind, {}).items():
            yield (kind, name), part


def _texts(
    file: ContentFile, place: tuple[str, ...], part: Mapping[str, Any], words: Mapping[str, str]
) -> dict[str, Text]:
    texts = {}
    for plan, text in part["texts"].items():
        try:
            said = {key: value.strip().format_map(words) for key, value in text.items()}
        except (KeyError, ValueError) as error:
            known = ", ".join(f"{{{word}}}" for word in words)
            raise file.error(
                f"{error} in braces means nothing here. Use {known}.", *place, "texts", plan
            ) from None
        texts[plan] = Text(**said)
    return texts


def _answer(intent: str, file: ContentFile, words: Mapping[str, str]) -> Answer:
    data = file.data
    try:
        reviewed, review_by = date.fromisoformat(data["reviewed"]), date.fromisoformat(data["review_by"])
    except ValueError as error:
        raise file.error(f"reviewed, review_by: {error}. Write a day as 2026-11-24.", "reviewed") from None
    answer = Answer(
        intent=intent,
        title=data["title"],
        texts=_texts(file, (), data, words),
        facts={plan: tuple(ids) for plan, ids in data["facts"].items()},
        by_state=data.get("by_state", {}),
        by_condition=_frames(file),
        caveat=data.get("caveat", ""),
        contact=data.get("contact", {}),
        next=tuple(data.get("next", ())),
        offer_call=data["offer_call"] == "true",
        reviewed=reviewed,
        review_by=review_by,
        changed=data.get("approved", {}).get("digest") != digest(data),
        status=data.get("status", "live"),
        state_first=data.get("state_first") == "true",
        parents_right=data.get("parents_right") == "true",
        was=tuple(data.get("was", ())),
        contact_card=data.get("contact_card") == "true",
        about=data.get("about", ""),
        in_place=data.get("in_place") == "true",
    )
    beside = {
        place[1]: replace(
            answer,
            texts=_texts(file, place, part, words),
            facts={plan: tuple(ids) for plan, ids in part["facts"].items()},
            by_state={},
            caveat="",
        )
        for place, part in side_texts(data)
    }
    return replace(answer, follow_ups=beside, channels=frozenset(data.get("by_channel", ())))


def _frames(file: ContentFile) -> dict[str, Frame]:
    frames: dict[str, Frame] = {}
    for plan, said in file.data.get("by_condition", {}).items():
        frames[plan] = Frame(**{key: value.strip() for key, value in said.items()})
        try:
            frames[plan].about("a condition")
        except (KeyError, IndexError, ValueError):
            raise file.error(
                f"by_condition.{plan}: only {{condition}} is filled in. Take other braces out.",
                "by_condition",
                plan,
            ) from None
    return frames
