"""The pipeline of config.yml as Rasa's graph components: thin coats over the plain classes beside them."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import ActiveLoop, AllSlotsReset, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    FULL_RETRIEVAL_INTENT_NAME_KEY,
    INTENT,
    METADATA,
    METADATA_EXAMPLE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.knowledge.letters import LETTER_BLANKS
from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.entity_ruler import shared_ruler
from assistant.nlu.gates import FALLBACK, SMALL_TALK, Gates
from assistant.nlu.language import (
    SPEAK_SPANISH,
    know_wordings,
    shared_recogniser,
    wants_spanish,
    words_of_wordings,
)
from assistant.nlu.leaning import Before, Weights, surely_heard
from assistant.nlu.question_model import CRISIS, FEW_WORDS, LETTER, QuestionModel
from assistant.nlu.reading import Weighing, behind
from assistant.nlu.strengths import Strengths
from assistant.nlu.told import names_told
from assistant.nlu.verdict import Doubts, Verdict
from assistant.nlu.whole_talk import TalkWeights

INTENT_RANKING = "intent_ranking"
QUESTIONS = "questions"
"""Key of the parsed message that lists the questions of a message with several: intent, point, confidence of each."""
POINTS = "points"
"""Key of the parsed message that lists the points it may ask, best first."""
RIVAL, UNSURE = "rival", "unsure"
"""Keys of the parsed message: the point that may be meant as well as the first one, and whether the first is no surer."""
TOLD = "told"
"""The slot with what the talk has told, last last: a short message leans on it."""
RANKED = 10
TELLING = frozenset({"inform", "share_feelings", FALLBACK, LETTER})
"""Intents beside the questions whose words a next message may lean on: not danger, a stranger's words, thanks or "i dont want a call"."""


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

    FILE, WORDS = "questions.joblib", "words.json"

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model: QuestionModel | None = None
        self._gates = Gates(**config["gates"])
        self._doubts = Doubts(
            config["second_question"],
            config["sure_of_small_talk"],
            weighing=Weighing(
                Weights(**config["leaning"]),
                Weights(**config["leaning_on_a_story"]),
                TalkWeights(**config["whole_talk"]),
            ),
            **config["two_points"],
        )

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "learning": {},
            "second_question": 0.5,
            "sure_of_small_talk": 0.8,
            "two_points": {},
            "leaning": {},
            "leaning_on_a_story": {},
            "whole_talk": {},
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
            know_wordings(json.loads((folder / cls.WORDS).read_text(encoding="utf-8")))
        shared_recogniser()  # made now, so that no parent waits for it
        return component

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            example for example in training_data.intent_examples if example.get(TEXT) and example.get(INTENT)
        ]
        model = QuestionModel(shared_encoder(), Strengths(**self._config["learning"]))
        model.train(
            [example.get(TEXT) for example in examples],
            [example.get_full_intent() for example in examples],
            [
                ((example.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}).get("follows")
                for example in examples
            ],
        )
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / self.FILE)
            words = json.dumps(words_of_wordings(), ensure_ascii=False)
            (folder / self.WORDS).write_text(words, encoding="utf-8")
        self._model = model
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        before = self._before(tracker)
        for message in messages:
            text = message.get(TEXT)
            if (text and message.get(INTENT) is None) or isinstance(message.get(INTENT), dict):
                self._classify(message, text or "", before, tracker)
        return messages

    def _before(self, tracker: DialogueStateTracker) -> Before | None:
        """Return what a message may lean on: not words of danger, nor a stranger's, nor those that fill a form."""
        spoken = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
        last = next((event for event in spoken if event.text), None)
        told = list(reversed(names_told((tracker.get_slot(TOLD) if TOLD in tracker.slots else None) or ())))
        in_form = bool(tracker.active_loop_name)
        heard = last is not None and _tells(last) and not in_form
        return behind(
            (last.text or "") if last is not None and heard else "",
            [] if in_form else said_in(tracker),
            told,
            self._trained(),
            surely=last is not None and bool(told) and surely_heard(last.parse_data, told[-1]),
        )

    def _trained(self) -> QuestionModel:
        if self._model is None:
            raise RuntimeError("the question classifier was neither trained nor loaded")
        return self._model

    def _classify(
        self, message: Message, text: str, before: Before | None, tracker: DialogueStateTracker
    ) -> None:
        entities = message.get(ENTITIES) or []
        in_form = bool(tracker.active_loop_name)
        verdict = Verdict.of(text, entities, self._trained(), self._gates, self._doubts, before)
        heard = verdict.ranking[0][0]
        maybe_a_name = heard in SMALL_TALK and asks_a_name(tracker) and len(text.split()) <= FEW_WORDS
        if maybe_a_name and not self._trained().has_wording(text, heard):
            # Hope, Hunter and Guinevere sound like a greeting, a goodbye and a stop: there only what is known by heart is one
            verdict = Verdict((("inform", 1.0), *verdict.ranking), ())
        places = [(one["start"], one["end"]) for one in entities if one["entity"] == "state"]
        if not danger_in(text) and wants_spanish(text, verdict.ranking[0][0], places):
            if not in_form:  # a form reads its values in both languages
                verdict = Verdict(((SPEAK_SPANISH, 1.0), *verdict.ranking), ())
            elif verdict.ranking[0][0] == CRISIS:  # the classifier of English can't hear danger in Spanish
                verdict = Verdict(tuple(verdict.ranking[1:]), ())
        ranking = [{"name": name, "confidence": confidence} for name, confidence in verdict.ranking[:RANKED]]
        point = {FULL_RETRIEVAL_INTENT_NAME_KEY: verdict.point} if verdict.point else {}
        message.set(INTENT, ranking[0] | point, add_to_output=True)
        message.set(INTENT_RANKING, ranking, add_to_output=True)
        message.set(FULL_RETRIEVAL_INTENT_NAME_KEY, verdict.point, add_to_output=True)
        points = [{"name": name, "confidence": confidence} for name, confidence in verdict.points[:RANKED]]
        message.set(POINTS, points, add_to_output=True)
        message.set(RIVAL, verdict.rival, add_to_output=True)
        message.set(UNSURE, verdict.unsure, add_to_output=True)
        message.set(QUESTIONS, [vars(question) for question in verdict.questions], add_to_output=True)


def asks_a_name(tracker: DialogueStateTracker) -> bool:
    """Whether a form asks for a name now: that of who books, or a letter's child or parent."""
    step = tracker.get_slot("requested_slot")
    asks = tracker.get_slot("letter_asks") or ()
    blank = dict(zip(LETTER_BLANKS, asks, strict=False)).get(str(step))
    return step == "contact_name" or blank in ("child", "parent")


def said_in(tracker: DialogueStateTracker) -> list[str]:
    """Return what the parent said in a talk, oldest first: nothing from before a new start, no button, no words of danger, of a stranger or for a form."""
    said: list[str] = []
    in_form = False
    for event in tracker.events:
        if isinstance(event, AllSlotsReset) or (
            isinstance(event, SlotSet) and event.key == TOLD and not event.value
        ):
            said.clear()
        elif isinstance(event, ActiveLoop):
            in_form = bool(event.name)
        elif isinstance(event, UserUttered) and not in_form and _tells(event):
            said.append(event.text or "")
    return said


def _tells(event: UserUttered) -> bool:
    """Whether a message is the parent's own words, and of the school."""
    intent = str(event.intent_name)
    return (
        bool(event.text)
        and not str(event.text).startswith("/")
        and (intent in TELLING or intent.startswith("ask_"))
    )
