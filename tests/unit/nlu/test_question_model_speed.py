"""The lean way to weigh a message gives what scikit-learn gives."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from assistant.nlu.question_model import TOLERANCE, QuestionModel, plain


class Encoder:
    """Gives each text a unit vector made of its checksum."""

    def encode(self, text: str) -> Any:
        vector = np.random.default_rng(zlib.crc32(text.encode())).normal(size=16).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def encode_all(self, texts: list[str]) -> Any:
        return np.stack([self.encode(text) for text in texts])


LINES = {
    "ask_cost": ["what does it cost", "is it free", "do i pay for the test", "who pays for the iep"],
    "ask_timeline": ["how long does it take", "how many days", "when is the iep due", "is there a deadline"],
    "greet": ["hello", "hi there", "good morning", "hey hello"],
}


@pytest.mark.parametrize("intents", [list(LINES), list(LINES)[:2]])
def test_a_guess_is_scikit_learns_own_probability_made_sharper(intents: list[str]) -> None:
    texts = [line for intent in intents for line in LINES[intent]]
    labels = [intent for intent in intents for _ in LINES[intent]]
    model = QuestionModel(Encoder(), strength=5.0, sharpness=1.4)  # type: ignore[arg-type]
    model.train(texts, labels)
    features = model._features(Encoder().encode_all(texts), [plain(text) for text in texts])
    theirs = LogisticRegression(C=5.0, class_weight="balanced", max_iter=200, tol=TOLERANCE).fit(
        features, labels
    )
    for text in ("how long until the iep", "hello is it free"):
        row = model._features(Encoder().encode(text)[None], [plain(text)])
        wanted = theirs.predict_proba(row)[0] ** 1.4
        wanted = dict(zip(theirs.classes_, wanted / wanted.sum(), strict=True))
        found = dict(model.guess(text).ranking)
        assert found == pytest.approx(wanted, abs=1e-4)
