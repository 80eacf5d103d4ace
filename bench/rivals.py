"""What the understanding is measured beside, on the same data in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.gates import Gates
from assistant.nlu.question_model import QuestionModel, plain
from assistant.settings import TOP
from bench.measures import DANGER, Understood


class Rival(Protocol):
    """Learns from lines, then understands messages."""

    name: str

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn."""

    def understand(self, text: str) -> Understood:
        """Return what one message means."""


class Ours:
    """The classifier of config.yml with its gates and the crisis guard."""

    name = "ours"

    def __init__(self) -> None:
        pipeline = yaml.safe_load((TOP / "config.yml").read_text())["pipeline"]
        self._config = next(part for part in pipeline if part["name"].endswith("QuestionClassifier"))
        self._gates = Gates(**self._config["gates"])

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._model = QuestionModel(
            shared_encoder(),
            self._config["ngram_weight"],
            self._config["strength"],
            self._config["sharpness"],
        )
        self._model.train(list(texts), list(intents))

    def understand(self, text: str) -> Understood:
        guess = self._model.guess(text)
        intent, confidence = self._gates.decide(guess)
        ranking = tuple(name for name, _ in guess.ranking)
        if danger_in(text):
            intent, confidence = DANGER, 1.0
        if intent == DANGER:
            ranking = (DANGER, *(name for name in ranking if name != DANGER))
        return Understood(intent, confidence, ranking)


class Nearest:
    """The intent of the nearest training line by sentence vector."""

    name = "nearest line"

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._vectors = shared_encoder().encode_all(list(texts))
        self._intents = np.array(intents)

    def understand(self, text: str) -> Understood:
        near = self._vectors @ shared_encoder().encode(text)
        order = np.argsort(-near)
        ranking = tuple(dict.fromkeys(self._intents[order[:50]].tolist()))
        return Understood(ranking[0], float(near[order[0]]), ranking)


class Words:
    """Words and characters alone, without the encoder."""

    name = "n-grams alone"

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
        features = self._ngrams.fit_transform(map(plain, texts))
        self._regression = LogisticRegression(C=10, class_weight="balanced", max_iter=100).fit(
            features, intents
        )

    def understand(self, text: str) -> Understood:
        probabilities = self._regression.predict_proba(self._ngrams.transform([plain(text)]))[0]
        order = np.argsort(-probabilities)
        ranking = tuple(self._regression.classes_[order].tolist())
        return Understood(ranking[0], float(probabilities[order[0]]), ranking)
