"""One sentence that tells of danger is heard beside a question; the sentence that tells it is found by itself."""

from __future__ import annotations

import pickle

import numpy as np

from assistant.nlu.danger_signs import FIRST, LAST, DangerSigns, sentences
from assistant.nlu.encoder import Floats

SIGN, CALM = "he says we are better off without him.", "can we get an evaluation?"
WORDS = (
    "better",
    "off",
    "evaluation",
    "iep",
    "bus",
    "late",
    "pills",
    "nurse",
    "grave",
    "note",
    "with",
    "get",
)


def encode(texts: list[str]) -> Floats:
    """Return the words that a text has, as unit vectors."""
    found = np.array([[float(word in text) for word in WORDS] for text in texts], np.float32) + 1e-3
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def learnt() -> DangerSigns:
    texts = [
        f"{SIGN} {CALM}",
        "he drew a grave for himself. the bus is late",
        "how many pills are too many. who is the nurse",
    ]
    calm = [
        CALM,
        "the bus is late again",
        "who is the nurse",
        "can we get an iep",
        "the note with the bus",
        "the iep is late",
    ] * 2
    signs = DangerSigns()
    tells = [True] * len(texts) + [False] * len(calm)
    signs.train(texts + calm, encode(texts + calm), tells, encode)
    return signs


def heard(text: str, signs: DangerSigns) -> float:
    return signs.probability(text, encode([text])[0], encode)


def test_a_sentence_is_heard_beside_the_question_and_the_question_is_not() -> None:
    signs = learnt()
    assert heard(f"the bus is late. {SIGN} {CALM}", signs) > 0.5
    assert heard(f"the bus is late. {CALM}", signs) < 0.5
    assert heard(CALM, signs) < heard(SIGN, signs)


def test_what_was_learnt_is_kept() -> None:
    signs = learnt()
    assert heard(SIGN, pickle.loads(pickle.dumps(signs))) == heard(SIGN, signs)


def test_without_lines_of_danger_nothing_is_heard() -> None:
    signs = DangerSigns()
    signs.train([CALM], encode([CALM]), [False], encode)
    assert heard(SIGN, signs) == 0.0


def test_of_a_long_message_the_first_and_the_last_sentences_are_weighed() -> None:
    text = " ".join(f"This is sentence {number}." for number in range(40))
    found = sentences(text)
    assert len(found) == FIRST + LAST
    assert (found[0], found[-1]) == ("This is sentence 0.", "This is sentence 39.")
    assert sentences("ok") == ["ok"]
