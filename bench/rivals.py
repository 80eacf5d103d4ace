"""What the understanding is measured beside, on the same data in the same run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.entity_ruler import shared_ruler
from assistant.nlu.features import lowered
from assistant.nlu.gates import Gates
from assistant.nlu.leaning import Weights
from assistant.nlu.question_model import QuestionModel
from assistant.nlu.strengths import Strengths
from assistant.nlu.verdict import Doubts, Verdict
from assistant.settings import TOP
from assistant.typed_text import plain
from bench import stock
from bench.measures import FALLBACK, Understood
from bench.messages import every_line


@dataclass(frozen=True)
class Heard:
    """What a rival made of messages: one entry a message, with its milliseconds, and the process's peak of memory in MB."""

    made: list[Understood]
    ms: list[float]
    memory: float


class Rival(Protocol):
    """Learns from lines, then understands messages."""

    name: str

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn."""

    def hear(self, texts: Sequence[str]) -> Heard:
        """Return what the messages mean, each understood alone."""


def one_by_one(understand: Callable[[str], Understood], texts: Sequence[str]) -> Heard:
    """Return what `understand` makes of each text, timed in this process."""
    made, ms = [], []
    for text in texts:
        began = time.perf_counter()
        made.append(understand(text))
        ms.append(1000 * (time.perf_counter() - began))
    return Heard(made, ms, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class Ours:
    """What config.yml makes of a message: classifier, gates, crisis guard, the sentence that asks."""

    name = "ours"

    def __init__(self) -> None:
        pipeline = yaml.safe_load((TOP / "config.yml").read_text())["pipeline"]
        self._config = next(part for part in pipeline if part["name"].endswith("QuestionClassifier"))
        self._gates = Gates(**self._config["gates"])
        self._doubts = Doubts(self._config["second_question"], self._config["sure_of_small_talk"])
        self.weights = Weights(**self._config["leaning"])

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn all of data/nlu/, points and what leans on them among it; `texts` and `intents` are the same lines by topic."""
        lines = list(every_line())
        self.model = QuestionModel(shared_encoder(), Strengths(**self._config["learning"]))
        self.model.train(
            [plain(text) for text, _, _ in lines],
            [intent for _, intent, _ in lines],
            [follows for _, _, follows in lines],
        )

    def hear(self, texts: Sequence[str]) -> Heard:
        """Return what each message is understood as, by the classifier and gates of config.yml."""
        return one_by_one(self._understand, texts)

    def _understand(self, text: str) -> Understood:
        text = plain(text)
        found = shared_ruler().find(text)
        entities = [{"entity": e.entity, "value": e.value, "start": e.start, "end": e.end} for e in found]
        ranking = Verdict.of(text, entities, self.model, self._gates, self._doubts).ranking
        intent, confidence = ranking[0]
        by_probability = tuple(name for name, _ in ranking if name != FALLBACK)
        return Understood(intent, confidence, by_probability)


class Nearest:
    """The intent of the nearest training line by sentence vector."""

    name = "nearest line"

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Keep the sentence vector of each line."""
        self._vectors = shared_encoder().encode_all(list(texts))
        self._intents = np.array(intents)

    def hear(self, texts: Sequence[str]) -> Heard:
        """Return the nearest line's intent for each message; its cosine, at most 1, stands for the confidence."""
        return one_by_one(self._understand, texts)

    def _understand(self, text: str) -> Understood:
        near = self._vectors @ shared_encoder().encode(text)
        order = np.argsort(-near)
        ranking = tuple(dict.fromkeys(self._intents[order[:50]].tolist()))
        return Understood(ranking[0], float(near[order[0]]), ranking)


class Words:
    """Words and characters alone, without the encoder."""

    name = "n-grams alone"

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn a regression over runs of two to four characters."""
        self._ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
        features = self._ngrams.fit_transform(map(lowered, texts))
        self._regression = LogisticRegression(C=10, class_weight="balanced", max_iter=100).fit(
            features, intents
        )

    def hear(self, texts: Sequence[str]) -> Heard:
        """Return the likeliest intent for each message."""
        return one_by_one(self._understand, texts)

    def _understand(self, text: str) -> Understood:
        probabilities = self._regression.predict_proba(self._ngrams.transform([lowered(text)]))[0]
        order = np.argsort(-probabilities)
        ranking = tuple(self._regression.classes_[order].tolist())
        return Understood(ranking[0], float(probabilities[order[0]]), ranking)


class StockPipeline:
    """The pipeline of `rasa init` in its own Python 3.10: what one gets without any of this.

    Its ranking is DIET's; it has no gate for strangers but the class `out_of_scope`, and its own threshold for "not sure".

    Raises:
        Missing: The stock environment can't be made here, or its training failed.
    """

    name = f"rasa init, {stock.EPOCHS} epochs"

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Train it in the stock environment, a process of its own."""
        self._model = stock.trained_nlu(texts, intents)

    def hear(self, texts: Sequence[str]) -> Heard:
        """Return what the stock pipeline's own process understood, with its milliseconds and memory."""
        told = stock.parsed(self._model, texts)
        made = [
            Understood(
                row["intent"], row["confidence"], tuple(name for name in row["ranking"] if name != FALLBACK)
            )
            for row in told["rows"]
        ]
        return Heard(made, [row["ms"] for row in told["rows"]], told["memory MB"])
