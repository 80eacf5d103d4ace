"""The pipeline of config.yml as Rasa's graph components: thin coats over the plain classes beside them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.bare_detail import bare_intent
from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.entity_ruler import shared_ruler
from assistant.nlu.gates import CRISIS, FALLBACK, OUT_OF_SCOPE, Gates
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.question_splitter import asks, parts, questions

INTENT_RANKING = "intent_ranking"
QUESTIONS = "questions"
"""Key of the parsed message that lists the intents of a message with several questions."""
RANKED = 10
ABOUT_THE_BOT = frozenset({"ask_capabilities", "ask_bot_identity", "ask_privacy", "ask_human", "ask_repeat"})
SURELY_STRANGE = 0.5
"""From this probability on a message is a stranger's, whatever its last sentence asks."""
HIDES_A_QUESTION = frozenset(
    {OUT_OF_SCOPE, FALLBACK, "thank", "greet", "affirm", "deny", "feedback_positive"}
)
"""What a whole message may seem, although its last sentence asks something."""
ANSWERS_NO_QUESTION = frozenset({"affirm", "deny", "feedback_positive", "feedback_negative"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityRuler(GraphComponent):
    """Adds the entities that content/ knows."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityRuler:
        shared_ruler()  # read content/ now: a broken file has to stop the start, not a talk
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = [
                {
                    "entity": entity.entity,
                    "value": entity.value,
                    "start": entity.start,
                    "end": entity.end,
                    "extractor": "EntityRuler",
                }
                for entity in shared_ruler().find(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent):
    """Sets intent, ranking and further questions; danger comes before everything."""

    FILE = "questions.joblib"

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model: QuestionModel | None = None
        self._gates = Gates(**config["gates"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "ngram_weight": 1.6,
            "strength": 4.5,
            "sharpness": 1.4,
            "second_question": 0.5,
            "sure_of_small_talk": 0.8,
            "gates": {},
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = QuestionModel.load(folder / cls.FILE, shared_encoder())
        return component

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (example.get(TEXT), example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT)
        ]
        model = QuestionModel(
            shared_encoder(),
            self._config["ngram_weight"],
            self._config["strength"],
            self._config["sharpness"],
        )
        model.train([text for text, _ in examples], [intent for _, intent in examples])
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / self.FILE)
        self._model = model
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if (text and message.get(INTENT) is None) or isinstance(message.get(INTENT), dict):
                self._classify(message, text or "")
        return messages

    def _trained(self) -> QuestionModel:
        if self._model is None:
            raise RuntimeError("the question classifier was neither trained nor loaded")
        return self._model

    def _classify(self, message: Message, text: str) -> None:
        guess = self._trained().guess(text)
        intent, confidence = self._gates.decide(guess)
        surely_strange = guess.probability(OUT_OF_SCOPE) >= SURELY_STRANGE
        if intent in HIDES_A_QUESTION and not surely_strange and (asking := self._last_question(text)):
            guess = asking  # "thanks!! what if i don't agree"; a story may read like a stranger's
            intent, confidence = self._gates.decide(guess)
        if intent in ANSWERS_NO_QUESTION and confidence < self._config["sure_of_small_talk"] and asks(text):
            intent, confidence = FALLBACK, 1 - confidence  # "is that even legal" neither praises nor agrees
        if danger_in(text):
            intent, confidence = CRISIS, 1.0
        elif not intent.startswith("ask_") and (bare := bare_intent(text, message.get(ENTITIES) or [])):
            intent, confidence = bare, 1.0  # "what about for a 504", "and LRE?"
        ranking = [{"name": name, "confidence": value} for name, value in guess.ranking if name != intent]
        first = {"name": intent, "confidence": confidence}
        message.set(INTENT, first, add_to_output=True)
        message.set(INTENT_RANKING, [first, *ranking][:RANKED], add_to_output=True)
        message.set(QUESTIONS, self._questions(text, intent), add_to_output=True)

    def _last_question(self, text: str) -> Guess | None:
        """Return what the last asking sentence of a longer message means, where that is surely a question of ours."""
        sentences = parts(text)
        asking = [part for part in sentences if asks(part)]
        if len(sentences) < 2 or not asking:
            return None
        guess = self._trained().guess(asking[-1])
        intent, confidence = self._gates.decide(guess)
        ours = intent.startswith("ask_") and intent not in ABOUT_THE_BOT
        return guess if ours and confidence >= self._config["second_question"] else None

    def _questions(self, text: str, first: str) -> list[str]:
        """Return the intents of all questions in `text`, the message's own first; one alone is no list."""
        if first in (CRISIS, OUT_OF_SCOPE, FALLBACK) or not first.startswith("ask_"):
            return []
        model, found = self._trained(), [first]
        for part in questions(text):
            ranking = model.guess(part).ranking
            if (
                first not in ABOUT_THE_BOT
            ):  # "does it cost anything?" after a question on plans means the plans
                ranking = tuple(row for row in ranking if row[0] not in ABOUT_THE_BOT)
            intent, probability = ranking[0]
            probability /= sum(share for _, share in ranking)
            if (
                probability >= self._config["second_question"]
                and intent.startswith("ask_")
                and intent not in found
            ):
                found.append(intent)
        return found if len(found) > 1 else []
