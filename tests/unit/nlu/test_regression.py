"""The lean way to weigh a message gives what scikit-learn gives."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from assistant.nlu import features, regression
from assistant.nlu.encoder import NO_WORDS
from assistant.nlu.features import Featurizer
from assistant.nlu.regression import Regression

CLOSE = 1e-6


class Encoder:
    """Gives each text a unit vector made of its checksum."""

    def encode(self, text: str) -> Any:
        vector = np.random.default_rng(zlib.crc32(text.encode())).normal(size=384).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def encode_all(self, texts: list[str]) -> Any:
        return np.stack([self.encode(text) for text in texts])

    def read(self, text: str) -> Any:
        return self.encode(text), NO_WORDS

    def read_all(self, texts: list[str], kept: Any) -> Any:
        return self.encode_all(texts), [kept(NO_WORDS) for _ in texts]


LINES = {
    "ask_cost": ["what does it cost", "is it free", "do i pay for the test", "who pays for the iep"],
    "ask_timeline": ["how long does it take", "how many days", "when is the iep due", "is there a deadline"],
    "greet": ["hello", "hi there", "good morning", "hey hello"],
}


@pytest.fixture(autouse=True)
def _few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep n-grams of two lines: these few lines have none of five."""
    monkeypatch.setattr(features, "LEAST_LINES", 2)


@pytest.mark.parametrize("intents", [list(LINES), list(LINES)[:2]])
def test_a_probability_is_scikit_learns_own_made_sharper(
    intents: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regression, "TOLERANCE", CLOSE)  # both go on to the same least loss
    texts = [line for intent in intents for line in LINES[intent]]
    labels = [intent for intent in intents for _ in LINES[intent]]
    featurizer = Featurizer(Encoder(), 1.6)  # type: ignore[arg-type]
    rows, _ = featurizer.fit(texts, lambda words: words)
    ours = Regression()
    ours.train(rows, labels, 5.0)
    theirs = LogisticRegression(C=5.0, class_weight="balanced", max_iter=1000, tol=CLOSE).fit(rows, labels)
    for text, row in zip(texts, rows, strict=True):
        assert ours.classes == list(theirs.classes_)
        assert ours.probabilities(featurizer.row(text)) == pytest.approx(
            theirs.predict_proba(row)[0], abs=1e-4
        )


def test_one_class_alone_is_sure() -> None:
    featurizer = Featurizer(Encoder(), 1.6)  # type: ignore[arg-type]
    only = Regression()
    only.train(featurizer.fit(LINES["greet"], lambda words: words)[0], ["greet"] * len(LINES["greet"]), 5.0)
    assert only.probabilities(featurizer.row("hello there")) == pytest.approx([1.0])
