"""How the question model learns and how sure it may be: the numbers of config.yml under `learning`."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.second_look import Weights


@dataclass(frozen=True)
class Strengths:
    """How the model learns and how sure it may be; config.yml holds the numbers, docs/decisions/0021 their reasons.

    Attributes:
        ngram_weight: Length of the n-gram part beside the unit sentence vector.
        strength: Inverse regularization C of the regression that tells what leans on the talk.
        point_sharpness: Exponent that makes the probabilities of points as sure as they are right.
        point_ngrams: How much the n-grams count among points beside the sentence vector.
        topic_weight: Exponent of a topic's probability among points: topics blur, points are clear-cut.
        neighbours: Share of the nearest training lines in the probability of a topic, 0 to 1.
        near_points: Share of the nearest training lines in the probability of a point, 0 to 1.
        from_points: Share of its points in the probability of a topic, 0 to 1.
        certainty: Exponent that makes what was mixed of the three as sure as it is right: a mean is less sure than its parts.
        again_share, again_words, again_size: How much each thing counts that is seen at the second look (`second_look.py`).
    """

    ngram_weight: float = 1.6
    strength: float = 4.5
    point_sharpness: float = 1.0
    point_ngrams: float = 0.5
    topic_weight: float = 0.3
    neighbours: float = 0.4
    near_points: float = 0.1
    from_points: float = 0.3
    certainty: float = 1.6
    again_share: float = 1.0
    again_words: float = 0.0
    again_size: float = 0.0

    @property
    def again(self) -> Weights:
        """How much each thing seen at the second look counts."""
        return Weights(self.again_share, self.again_words, self.again_size)
