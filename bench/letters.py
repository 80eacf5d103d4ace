"""How often a wish for a letter is heard, and which letter: held-out wordings of tests/nlu/write_letter.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.nlu.gates import Gates
from assistant.nlu.question_model import QuestionModel
from assistant.settings import TOP

HELD_OUT = TOP / "tests/nlu/write_letter.yml"
INTENT = "write_letter"
ANY, NONE = "any", "none"
GATES = Gates()


@dataclass(frozen=True)
class Wish:
    """A held-out message: the letters that would do, best first; ("any",) where none of ours is named, ("none",) where none is wanted."""

    text: str
    letters: tuple[str, ...]


def held_out(path: Path = HELD_OUT) -> Iterator[Wish]:
    """Yield the held-out wordings; none until another hand has written them."""
    for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or ():
        yield Wish(row["text"], tuple(row["letter"]))


def figures(model: QuestionModel) -> Mapping[str, float]:
    """Return the shares of wishes heard as one, of the right letter first among those that name one, and of questions taken for a wish."""
    wishes, right, named, false, questions = 0, 0, 0, 0, 0
    heard = 0
    for wish in held_out():
        guess = model.guess(wish.text)
        is_wish = GATES.heard(guess, model.wishes_letter(wish.text))[0] == INTENT
        if wish.letters == (NONE,):
            questions += 1
            false += is_wish
            continue
        wishes += 1
        heard += is_wish
        if wish.letters != (ANY,):
            named += 1
            right += any(
                name.removeprefix(f"{INTENT}/") in wish.letters for name, _ in guess.within(INTENT)[:1]
            )
    return {
        "heard": heard / max(wishes, 1),
        "right letter": right / max(named, 1),
        "questions taken for a wish": false / max(questions, 1),
        "wishes": wishes,
        "questions": questions,
    }
