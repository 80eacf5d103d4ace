"""What parents ask next: the words and the point told before them, read apart."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.leaning import asked_next
from assistant.nlu.next_point import NextPoint, directions
from assistant.nlu.question_model import Guess

POINTS = ["ask_bus/days", "ask_bus/price", "ask_test/days", "ask_test/price"]


def vector(*numbers: float) -> np.ndarray:
    found = np.array(numbers, np.float32)
    return found / np.linalg.norm(found)


DAYS, PRICE, BUS, TEST = vector(1, 0, 0, 0), vector(0, 1, 0, 0), vector(0, 0, 1, 0), vector(0, 0, 0, 1)
TOLD = {"ask_bus": BUS, "ask_test": TEST, "ask_bus/days": BUS, "ask_test/days": TEST}


@pytest.fixture(scope="module")
def following() -> NextPoint:
    """A model of "how many days" and "what does it cost", each said behind a bus and behind a test."""
    rows, intents, follows = [], [], []
    for point in POINTS:
        topic, _, asks = point.partition("/")
        for _ in range(60):
            rows.append(DAYS if asks == "days" else PRICE)
            intents.append(point)
            follows.append(topic)
    model = NextPoint()
    model.train(np.array(rows), intents, follows, TOLD)
    return model


def test_the_same_words_ask_another_point_behind_another_one(following: NextPoint) -> None:
    assert following.likeliest(DAYS, "ask_bus")[0][0] == "ask_bus/days"
    assert following.likeliest(DAYS, "ask_test")[0][0] == "ask_test/days"
    assert following.likeliest(PRICE, "ask_test")[0][0] == "ask_test/price"


def test_behind_something_unknown_it_says_nothing(following: NextPoint) -> None:
    assert following.likeliest(DAYS, "ask_nowhere") == ()
    assert NextPoint().likeliest(DAYS, "ask_bus") == ()


def test_wordings_that_lean_on_nothing_are_learnt_behind_a_point_of_their_topic() -> None:
    model = NextPoint()
    rows = np.array([DAYS, PRICE] * 60)
    model.train(rows, ["ask_bus/days", "ask_bus/price"] * 60, [None] * 120, TOLD)
    assert model.likeliest(DAYS, "ask_bus/days")[0][0] == "ask_bus/days"


def test_a_direction_is_the_mean_of_the_wordings_of_point_and_topic() -> None:
    found = directions(np.array([DAYS, PRICE]), ["ask_bus/days", "ask_bus/price"])
    assert found["ask_bus/days"] == pytest.approx(DAYS)
    assert found["ask_bus"] == pytest.approx(vector(1, 1, 0, 0))


GUESS = Guess(
    (("ask_bus", 0.6), ("thank", 0.3), ("ask_test", 0.1)),
    (("ask_bus/days", 0.6), ("ask_test/days", 0.1)),
    0.9,
)


def test_what_is_asked_next_moves_the_points_and_takes_nothing_from_an_act() -> None:
    found = asked_next(GUESS, (("ask_test/days", 0.9), ("ask_test/price", 0.1)), 0.7)
    assert found.points[0][0] == "ask_test/days"
    assert found.probability("thank") == pytest.approx(0.3)
    assert sum(share for _, share in found.ranking) == pytest.approx(1.0)
    assert found.probability("ask_test") == pytest.approx(
        sum(share for name, share in found.points if name.startswith("ask_test"))
    )
    assert "ask_test/price" in dict(found.points)


def test_a_topic_in_general_follows_nothing_and_loses_nothing() -> None:
    general = Guess((("ask_bus", 1.0),), (("ask_bus", 0.9), ("ask_bus/days", 0.1)), 0.2)
    assert asked_next(general, (("ask_bus/days", 0.3),), 0.3).points[0][0] == "ask_bus"


@pytest.mark.parametrize("shares", [(), (("ask_bus/days", 0.5),)])
def test_where_nothing_is_known_or_weighed_the_guess_stays(shares: tuple[tuple[str, float], ...]) -> None:
    assert asked_next(GUESS, shares, 0.0).points[0] == GUESS.points[0]
