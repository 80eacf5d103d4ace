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

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.entity_ruler import shared_ruler
from assistant.nlu.gates import Gates
from assistant.nlu.question_model import QuestionModel
from assistant.nlu.verdict import Doubts, Verdict

INTENT_RANKING = "intent_ranking"
QUESTIONS = "questions"
"""Key of the parsed message that lists the intents of a message with several questions."""
RANKED = 10


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
        self._doubts = Doubts(config["second_question"], config["sure_of_small_talk"])

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
        entities = message.get(ENTITIES) or []
        verdict = Verdict.of(text, entities, self._trained(), self._gates, self._doubts)
        ranking = [{"name": name, "confidence": confidence} for name, confidence in verdict.ranking[:RANKED]]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING, ranking, add_to_output=True)
        message.set(QUESTIONS, list(verdict.questions), add_to_output=True)
