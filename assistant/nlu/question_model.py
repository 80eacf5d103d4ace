"""What a message asks: first its topic, then the point within it.

Topic: all topics and acts in one choice (`class_model.py`), together with the ten training lines that lie nearest. Point: all points of all
topics in another, with the same nearest lines beside it. Both learn from the wordings of data/nlu/ alone; no word decides by itself.
"""

from __future__ import annotations

import functools
import hashlib
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from scipy import sparse

from assistant.nlu.class_model import ClassModel
from assistant.nlu.danger_signs import DangerSigns
from assistant.nlu.emoji import in_words
from assistant.nlu.encoder import Floats, SentenceEncoder, Words
from assistant.nlu.features import Featurizer, Places, Row
from assistant.nlu.letter_wish import LetterWish
from assistant.nlu.nearest import Classes, NearestLines
from assistant.nlu.next_point import NextPoint, directions
from assistant.nlu.regression import Regression
from assistant.nlu.second_look import looked_at_again
from assistant.nlu.sight import Sight
from assistant.nlu.strengths import Strengths
from assistant.nlu.training_lines import Lines, behind_wordings, openings, with_points
from assistant.nlu.word_bags import Turned, WordBags

CRISIS, LETTER = "crisis", "write_letter"
"""The intents of danger, and of a wish for a letter."""
LEANS, ALONE = "leans", "alone"
"""Whether a short message says little without what was said before it."""
PROCESSES = 2
"""In which the four models are learnt."""
TOPICS_IN_PLAY = 6
"""Topics all of whose points are told, when the first topic is unsure ..."""
LEAST_POINT = 1e-3
"""... and from this share on, a point of any other."""
LEAST_TOPIC = 1e-4
"""What a topic's probability is at least where its points are weighed: its points may be surer than it is."""


FEW_WORDS = 3
"""Words of a message that may be a name as well."""
SOME = 2000
"""Wordings from whose words the directions of words are learnt, at most about so many."""
LAST_READ = 32
"""Texts whose reading is kept."""
LAST_SEEN = 512
"""Messages of which it is kept what the models see: those of some fifty talks that go on."""
NEARLY_NOTHING = 1e-9
"""What is left at least where a message is surely one intent, and is asked what else it may be."""


@dataclass(frozen=True)
class Guess:
    """What a message may mean.

    Attributes:
        ranking: (intent, probability) of every intent, best first; the probabilities sum to 1.
        points: (`topic/point`, probability) of the points in play, best first. Together they are as likely as their topics. A topic's
            own name stands among them for a question that is none of its points.
        leans: Probability that the message leans on what was said before it ("who signs it then").
        following: For each of what was told, the last first: (`topic/point`, share) of the points that parents who write so ask right
            behind it; empty where none was given.
    """

    ranking: tuple[tuple[str, float], ...]
    points: tuple[tuple[str, float], ...] = ()
    leans: float = 0.0
    following: tuple[tuple[tuple[str, float], ...], ...] = ()

    def probability(self, intent: str) -> float:
        """Return the probability of one intent, 0 if training never saw it."""
        return dict(self.ranking).get(intent, 0.0)

    def without(self, intent: str) -> Guess:
        """Return what is meant if it is not `intent`."""
        rest = max(1 - self.probability(intent), NEARLY_NOTHING)
        return Guess(
            tuple((name, share / rest) for name, share in self.ranking if name != intent),
            tuple((name, share / rest) for name, share in self.points if name.partition("/")[0] != intent),
            self.leans,
            self.following,
        )

    def within(self, topic: str) -> tuple[tuple[str, float], ...]:
        """Return (`topic/point`, share) of one topic's points, best first, as if the topic were sure."""
        own = [(name, p) for name, p in self.points if name.partition("/")[0] == topic]
        whole = sum(p for _, p in own)
        return tuple((name, p / whole) for name, p in own)


class QuestionModel:
    """Turns a message into a Guess."""

    def __init__(self, encoder: SentenceEncoder, strengths: Strengths | None = None) -> None:
        self._strengths = strengths or Strengths()
        self._features = Featurizer(encoder, self._strengths.ngram_weight)
        self._topics = ClassModel()
        self._points = ClassModel(self._strengths.point_ngrams)
        self._known: Places | None = None
        self._leans = Regression()
        self._lines = NearestLines()
        self._next = NextPoint()
        self._signs = DangerSigns()
        self._bags = WordBags()
        self._wish = LetterWish()
        self._openings: dict[str, str] = {}
        self._few_words: frozenset[tuple[str, str]] = frozenset()
        # a message is read once, whatever stands beside it, and so are the words before it
        self._reading = functools.lru_cache(LAST_READ)(self._read_anew)
        self._seen: OrderedDict[bytes, Sight] = OrderedDict()

    def train(
        self, texts: Sequence[str], intents: Sequence[str], follows: Sequence[str | None] | None = None
    ) -> None:
        """Learn from messages and their intents; the same data gives the same model.

        Args:
            texts: The messages.
            intents: `ask_cost` for a topic, `ask_cost/who_pays` for a point.
            follows: For each message the intent it was said after where it leans on that, else None.
        """
        lines = Lines.of(texts, intents, follows)
        self._openings = openings(texts, intents)
        self._few_words = _few_words(texts, intents)
        read = lines.read_whole()
        whole = list(behind_wordings(read.texts, read.intents, read.follows))
        self._bags.learn_directions(
            [self._features.encoder.read(text)[1] for text in whole[:: -(-len(whole) // SOME)]]
        )
        rows, words = self._features.fit(whole, self._bags.turned)
        vectors = self._dense(rows)
        topics = [intent.partition("/")[0] for intent in read.intents]
        pointed = with_points(read.intents)
        ngrams = rows[:, self._features.dimensions :]
        alone = [number for number, before in enumerate(read.follows) if before is None]
        told = directions(vectors[alone], [read.intents[number] for number in alone])
        tasks = [
            joblib.delayed(learnt)(
                self._points,
                vectors[pointed],
                ngrams[pointed],
                self._features.words,
                [read.intents[number] for number in pointed],
            ),
            joblib.delayed(learnt)(self._topics, vectors, ngrams, self._features.words, topics),
            *self._of_few_words(lines.few(), dict(zip(whole, vectors, strict=True)), told),
            joblib.delayed(learnt)(self._wish, vectors, [topic == LETTER for topic in topics]),
        ]
        found = joblib.Parallel(n_jobs=PROCESSES)(tasks)
        self._points, self._topics, self._next, self._leans, self._wish = found
        self._learn_words([words[number] for number in alone], [read.intents[number] for number in alone])
        self._learn_signs(
            [whole[number] for number in alone], vectors[alone], [topics[number] for number in alone]
        )
        self._lines = self._nearest(vectors, topics, read.intents)

    def _nearest(self, vectors: Floats, topics: Sequence[str], intents: Sequence[str]) -> NearestLines:
        return NearestLines(
            vectors, _places(topics, self._topics.classes), _places(intents, self._points.classes)
        )

    def _of_few_words(
        self, few: Lines, known: Mapping[str, Floats], told: Mapping[str, Floats]
    ) -> Iterator[Any]:
        """Yield what is to be learnt of short messages: which point they ask behind another, and which of them lean on one."""
        bare = self._features.rows(few.texts, known)
        given = few.given
        yield joblib.delayed(learnt)(
            self._next, self._dense(bare)[:given], few.intents[:given], few.follows[:given], told
        )
        staying = few.staying()
        leans = [LEANS if few.follows[number] else ALONE for number in staying]
        yield joblib.delayed(learnt)(self._leans, bare[staying], leans, self._strengths.strength)

    def _learn_words(self, words: Sequence[Turned], intents: Sequence[str]) -> None:
        points = frozenset(self._points.classes)
        own = [number for number, intent in enumerate(intents) if intent in points]
        self._bags.train(
            [words[number] for number in own],
            [intents[number] for number in own],
            self._features.encoder.pieces,
        )

    def _learn_signs(self, texts: Sequence[str], vectors: Floats, topics: Sequence[str]) -> None:
        dangerous = [topic == CRISIS for topic in topics]
        self._signs.train(texts, vectors, dangerous, self._features.encoder.encode_all)

    def _dense(self, rows: sparse.csr_matrix) -> Floats:
        """Return the sentence vectors of rows, shape (rows, dimensions)."""
        return np.asarray(rows[:, : self._features.dimensions].todense(), np.float32)

    def guess(self, text: str, before: str = "", told: Sequence[str] = ()) -> Guess:
        """Return what `text` may mean; with `before`, what it means right behind those words of the parent.

        Args:
            text: The message.
            before: Words of the parent that it is read with as one text.
            told: The points and topics told before it, the last first, for what parents ask next.
        """
        vector, found = self._reading(f"{before} {text}".strip())
        return replace(found, following=tuple(self._next.likeliest(vector, name) for name in told))

    def guess_together(self, texts: Sequence[str]) -> Guess:
        """Return what several messages of a talk mean as one, without the lines nearest to it: nobody taught a whole talk.

        Args:
            texts: The messages, oldest first; one at least.
        """
        sight = Sight.together([self._sight(text) for text in texts])
        shares = self._points.shares(sight.vector, sight.points)
        topics = self._topics.shares(sight.vector, sight.topics)
        return self._found(shares, self._mixed(topics, shares), 0.0)

    def danger(self, text: str) -> float:
        """Return how likely one sentence of a message tells of danger, 0 to 1."""
        vector, _ = self._reading(text.strip())
        return self._signs.probability(in_words(text), vector, self._features.encoder.encode_all)

    def wishes_letter(self, text: str) -> float:
        """Return how likely a message wishes for a letter, whatever it is about, 0 to 1."""
        vector, _ = self._reading(text.strip())
        return self._wish.probability(vector)

    def _read_anew(self, text: str) -> tuple[Floats, Guess]:
        """Return a text's vector and what it may mean."""
        row = self._features.row(in_words(text))
        sight = self._keep(text, row)
        leans = dict(zip(self._leans.classes, self._leans.probabilities(row), strict=True)).get(LEANS, 0.0)
        shares = self._points.shares(sight.vector, sight.points)
        near = self._lines.near(row.vector)
        shares = self._lines.among_points(near, shares, self._strengths.near_points, 1 - float(leans))
        counted = self._lines.topic_shares(near, len(self._topics.classes))
        topics = (1 - self._strengths.neighbours) * self._topics.shares(sight.vector, sight.topics)
        topics = self._mixed(topics + self._strengths.neighbours * counted, shares)
        found = self._found(shares, topics, float(leans))
        return row.vector, replace(
            found, points=looked_at_again(found.points, row.words, self._bags, self._strengths.again)
        )

    def _sight(self, text: str) -> Sight:
        """Return what the models see of a message; of the last messages it is known."""
        known = self._seen.get(_digest(text))
        return known or self._keep(text, self._features.row(in_words(text)))

    def _keep(self, text: str, row: Row) -> Sight:
        """Return what the models see of a row, and keep it under a digest: the words themselves are not kept."""
        sight = Sight(row.vector, self._points.fold(row), self._topics.fold(row), len(text.split()))
        self._seen[_digest(text)] = sight
        while len(self._seen) > LAST_SEEN:
            self._seen.popitem(last=False)
        return sight

    def _found(self, shares: Floats, topics: Floats, leans: float) -> Guess:
        order = np.argsort(-topics, kind="stable")
        ranking = tuple((self._topics.classes[i], float(topics[i])) for i in order)
        return Guess(ranking, self._in_play(shares, topics, order[:TOPICS_IN_PLAY]), leans)

    def _in_play(self, shares: Floats, topics: Floats, likely: Places) -> tuple[tuple[str, float], ...]:
        """Return the points that are weighed, best first: those of the likely topics and any other with a share worth naming."""
        known = self._topic_of_point()
        weighed = np.maximum(topics[known], LEAST_TOPIC) ** self._strengths.topic_weight
        weighed = weighed * shares**self._strengths.point_sharpness
        weighed /= weighed.sum() or 1.0
        in_play = np.flatnonzero((weighed >= LEAST_POINT) | np.isin(known, likely))
        sure = topics[np.unique(known[in_play])].sum() / (weighed[in_play].sum() or 1.0)
        best = in_play[np.argsort(-weighed[in_play], kind="stable")]
        return tuple((self._points.classes[i], float(weighed[i] * sure)) for i in best)

    def _topic_of_point(self) -> Places:
        """Return the place of each point's topic among the topics."""
        if self._known is None:
            place = {name: number for number, name in enumerate(self._topics.classes)}
            self._known = np.array([place[name.partition("/")[0]] for name in self._points.classes], np.int64)
        return self._known

    def _mixed(self, shares: Floats, points: Floats) -> Floats:
        """Return the shares of topics together with those of their points."""
        known = self._topic_of_point()
        if self._strengths.from_points and len(known):
            theirs = np.bincount(known, points, minlength=len(shares))
            have = theirs > 0
            mixed = (1 - self._strengths.from_points) * shares
            mixed = mixed + self._strengths.from_points * theirs * shares[have].sum()
            shares = np.where(have, mixed, shares)
        powers = shares**self._strengths.certainty
        found: Floats = powers / powers.sum()
        return found

    def words(self, text: str) -> Words:
        """Return the words of a text as the second look sees them."""
        return self._features.encoder.read(text)[1]

    @property
    def bags(self) -> WordBags:
        """The words of each point."""
        return self._bags

    def look_once(self) -> None:
        """Leave the second look out from here on: what weighs it has to be learnt without it."""
        self._strengths = replace(self._strengths, again_words=0.0)
        self._reading.cache_clear()

    @property
    def points(self) -> Mapping[str, list[str]]:
        """The points that can be told apart, by topic."""
        found: dict[str, list[str]] = {}
        for name in self._points.classes:
            found.setdefault(name.partition("/")[0], []).append(name)
        return found

    def opening(self, intent: str) -> str:
        """Return how a parent asks a point or topic: its first wording; empty where training had none."""
        return self._openings.get(intent, "")

    def has_wording(self, text: str, intent: str) -> bool:
        """Whether a message of a few words is a wording of an intent, case, signs and drawn-out letters aside ("Byeee!!")."""
        return (bare_words(text), intent) in self._few_words

    def save(self, path: Path) -> None:
        """Write everything but the encoder to `path`."""
        parts = (
            self._strengths,
            self._features.state(),
            self._topics,
            self._points,
            self._leans,
            self._lines,
            self._next,
            self._signs,
            self._bags,
            self._wish,
            self._openings,
            self._few_words,
        )
        joblib.dump(parts, path)

    @classmethod
    def load(cls, path: Path, encoder: SentenceEncoder) -> QuestionModel:
        """Read what `save` wrote."""
        strengths, features, topics, points, leans, lines, following, *others = joblib.load(path)
        model = cls(encoder, strengths)
        model._features.restore(features)
        model._topics, model._points, model._leans = topics, points, leans
        model._lines, model._next = lines, following
        model._signs, model._bags, model._wish, model._openings, model._few_words = others
        return model


def _few_words(texts: Sequence[str], intents: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the wordings of few words, each with its intent."""
    rows = zip(texts, intents, strict=True)
    return frozenset((bare_words(text), intent) for text, intent in rows if len(text.split()) <= FEW_WORDS)


_KEY = secrets.token_bytes(16)
"""Of this process: without it nobody can try texts against the digests."""


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16, key=_KEY).digest()


def bare_words(text: str) -> str:
    """Return a text in small letters, without signs, no letter more than twice in a row.

    >>> bare_words("Byeeee!! :)")
    'byee'
    """
    return re.sub(r"(.)\1{2,}", r"\1\1", " ".join(re.findall(r"\w+", text.lower())))


def learnt(model: Any, *lines: Any) -> Any:
    """Return a model that has learnt: a function of its own, for a process of its own."""
    model.train(*lines)
    return model


def _places(names: Sequence[str], classes: Sequence[str]) -> Classes:
    """Return the place of each name among the classes, -1 where it is none."""
    place = {name: number for number, name in enumerate(classes)}
    return np.array([place.get(name, -1) for name in names], np.int32)
