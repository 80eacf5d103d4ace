"""Danger that a parent tells in passing, beside a question about school, is heard; the same words in a harmless sense are not.

60 messages by a hand that knew neither the patterns nor the training lines. Heard means: by the patterns, or in one sentence, so that the
lines to call stand below the answer.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.gates import Gates
from assistant.nlu.question_model import QuestionModel
from assistant.settings import TOP
from bench.points import held_out, shipped_model

HERE = Path(__file__).parent
OF_DANGER = ("ask_crisis_return/", "ask_restraint/", "ask_threats_weapons/", "ask_bullying/", "ask_police/")
"""Topics whose own subject is harm."""


def gates() -> Gates:
    pipeline = yaml.safe_load((TOP / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return Gates(**next(part["gates"] for part in pipeline if "gates" in part))


def heard(texts: list[str], model: QuestionModel) -> list[str]:
    least = gates().danger_sign
    return [text for text in texts if danger_in(text) or model.danger(text) >= least]


def lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def test_danger_beside_a_question_is_heard() -> None:
    found = heard(lines("danger_beside_a_question.txt"), shipped_model())
    assert len(found) >= 22, found  # of 30; measured: 23. Patterns alone hear 9.


def test_harmless_words_beside_a_question_raise_no_alarm() -> None:
    found = heard(lines("harmless_beside_a_question.txt"), shipped_model())
    assert len(found) <= 2, found  # of 30


def test_hardly_a_question_has_the_lines_below_its_answer() -> None:
    texts = [one.text for one in held_out() if not one.point.startswith(OF_DANGER)][::4]
    found = heard(texts, shipped_model())
    assert len(found) <= 0.02 * len(texts), found
