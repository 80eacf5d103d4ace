"""Random walks through the assistant: whatever a parent types or presses, some things must never happen.

A walk is drawn from a seed, so a failing one can be played again; `as_story` turns it into a story to keep.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.replay.circles import circles, told_twice
from assistant.replay.player import wrong_in_itself
from assistant.replay.story import Case, Step
from assistant.replay.target import Target

LONGEST = 7
PRESSES = 0.35
"""How often a button is pressed where there is one."""

SAID: Mapping[str, Sequence[str]] = {
    "questions": (
        "whats the difference between a 504 and an iep", "who do i call about my sons 504", "how long does the school have",
        "can i record it", "do i have to sign", "what is FAPE", "does adhd qualify", "they keep suspending him",
        "what accommodations can i ask for", "who has to be at the meeting", "is it free", "how do i get him tested?",
        "who do i call? and how often is it reviewed?", "can they do that", "my kid is getting bullied she has an iep",
    ),
    "details": ("504", "iep", "he has an iep", "no plan yet", "its for anxiety", "were in texas", "5th grade", "and for a 504?", "what about dyslexia"),
    "repairs": (
        "sorry, it's an IEP", "no i meant a 504", "go back", "never mind", "start over", "stop", "skip", "wrong email",
        "no, tuesday", "huh", "shorter", "say that simpler", "that is wrong", "this did not help", "cancel",
    ),
    "small words": ("yes", "no", "ok", "thanks", "hi", "bye", "im so tired", "no thanks", "yep", "that helped", "are you a robot"),
    "booking": (
        "book a call", "can i talk to a person", "Dana", "dana@example.org", "Dana, dana@example.org", "206-555-0187",
        "next tuesday after 3", "thursday afternoon", "the first one", "the second one", "yes", "yes book it", "pacific time",
        "about my sons iep", "change my call", "dana at nowhere", "tomorrow at 3am", "another time", "cancel my call",
    ),
    "strangers": ("whats the weather", "529 plan", "do my math homework", "asdf", "blorp fizzle", "???", "/restart", "who won the game"),
    "acts": (
        "thanks. how long do they have", "yes and thanks, who pays for that", "no i mean the difference", "ok bye, oh wait who do i email",
        "does she start over", "do they have to start over with the testing", "can you cancel the meeting with the school",
        "im so tired. can they suspend him", "thats not what i asked",
    ),
    "told": (
        "no iep, just a nurse's sheet", "they denied the iep", "we asked for one in october", "he had an iep till may",
        "my son has an iep, my daughter has nothing yet", "and my other one", "who do i email for her", "who is in charge of it",
        "my visa runs out in june", "what dose of ritalin is ok",
    ),
    "spanish": (
        "hola", "a quien le escribo", "y cuanto tiempo tengo", "quiero una llamada", "el viernes a las 5", "la primera", "sí, gracias",
        "necesito un intérprete", "no tengo papeles", "el camión llega tarde",
    ),
    "danger": ("i want to kill myself", "he hits her", "my daughter doesnt want to live anymore"),
}  # fmt: skip
"""What is typed, by kind. Danger is drawn a tenth as often as the others."""


HIJACKED: Mapping[str, str] = {
    "thanks. how long do they have": "You are welcome",
    "yes and thanks, who pays for that": "You are welcome",
    "ok bye, oh wait who do i email": "Goodbye",
    "does she start over": "Let's start over",
    "do they have to start over with the testing": "Let's start over",
}
"""What a message must never be answered with: one of its words would have taken the turn."""


def hijacked(typed: str, said: str) -> list[str]:
    """Return what is wrong where one word of a message took the turn."""
    words = HIJACKED.get(typed, "")
    return (
        [f"{typed!r} was taken for what only one of its words says: {words!r}"]
        if words and words in said
        else []
    )


@dataclass(frozen=True)
class Walk:
    """One walk as it went.

    Attributes:
        wrong: What must not happen and did, with the turn.
    """

    seed: int
    steps: tuple[Step, ...]
    wrong: tuple[str, ...]

    def as_story(self) -> str:
        """Return the walk as the steps of a story, its faults behind it."""
        lines = [f"      - {step.does}: {step.text}" for step in self.steps]
        return "\n".join([f"walk {self.seed}:", *lines, *self.wrong])


def draw(chance: random.Random, buttons: Sequence[Mapping[str, Any]]) -> Step:
    """Return the next thing that a parent does."""
    if buttons and chance.random() < PRESSES:
        return Step("press", str(chance.choice(buttons)["title"]))
    kinds = list(SAID)
    kind = chance.choices(kinds, [0.1 if kind == "danger" else 1.0 for kind in kinds])[0]
    return Step("user", chance.choice(SAID[kind]))


async def walk(seed: int, target: Target) -> Walk:
    """Take one walk; it ends with the first thing that must not happen."""
    chance = random.Random(seed)  # noqa: S311 a test's dice
    steps: list[Step] = []
    async with target.conversation(Case(f"walk {seed}", ())) as talk:
        earlier = [talk.greeting]
        for _ in range(chance.randint(3, LONGEST)):
            step = draw(chance, earlier[-1].buttons)
            steps.append(step)
            seen = await (talk.press(step.text) if step.does == "press" else talk.say(step.text))
            wrong = [*wrong_in_itself(seen, set()), *circles(earlier[-1], seen), *told_twice(earlier, seen)]
            wrong += hijacked(step.text, seen.text)
            if wrong:
                return Walk(seed, tuple(steps), tuple(f"turn {len(steps)}: {text}" for text in wrong))
            earlier.append(seen)
    return Walk(seed, tuple(steps), ())
