"""A point knows a message as far as its wordings have the message's words, the rare ones for more."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.encoder import Words
from assistant.nlu.word_bags import KEPT, WordBags

BUS, LATE, THE, NEW = range(4)


def words(*ids: int) -> Words:
    """Return words whose reading is a corner of space, whatever stands beside them."""
    return Words(np.eye(60, dtype=np.float32)[list(ids)], np.array(ids, np.int64))


def learnt(*wordings: tuple[str, Words]) -> WordBags:
    bags = WordBags()
    bags.learn_directions([words(*range(48))])
    bags.train([bags.turned(one) for _, one in wordings], [name for name, _ in wordings], 60)
    return bags


BAGS = learnt(
    ("ask_bus/late", words(BUS, LATE, THE)),
    ("ask_bus/new", words(BUS, NEW, THE)),
    ("ask_team/who", words(THE)),
)


def test_who_knows_every_word_covers_the_message() -> None:
    late, new, who = BAGS.covered(words(BUS, LATE), ["ask_bus/late", "ask_bus/new", "ask_team/who"])
    assert late == pytest.approx(1, abs=0.02)
    assert 0 < new < late
    assert who == pytest.approx(0, abs=0.02)


def test_a_rare_word_counts_for_more() -> None:
    assert BAGS.covered(words(LATE, THE), ["ask_bus/late"]) > BAGS.covered(words(LATE, THE), ["ask_team/who"])
    rare, common = (BAGS.covered(words(LATE, THE), [name])[0] for name in ("ask_bus/late", "ask_team/who"))
    assert common < 0.5 * rare, "the word that all points have is half of the message and tells little"


def test_an_unknown_point_and_a_message_without_words_are_covered_by_nothing() -> None:
    assert BAGS.covered(words(BUS), ["ask_cost/who_pays"]).tolist() == [0.0]
    assert BAGS.covered(words(), ["ask_bus/late"]).tolist() == [0.0]
    assert WordBags().covered(words(BUS), ["ask_bus/late"]).tolist() == [0.0]
    assert BAGS.sizes(["ask_bus/late", "ask_cost/who_pays"]).tolist() == [3, 0]


def test_of_a_point_with_many_words_centers_are_kept_and_still_know_them() -> None:
    many = learnt(*[("ask_bus/late", words(BUS, LATE, THE))] * KEPT, ("ask_bus/late", words(NEW)))
    assert many.sizes(["ask_bus/late"]).tolist() == [KEPT]
    assert many.covered(words(BUS, LATE), ["ask_bus/late"])[0] == pytest.approx(1, abs=0.02)
