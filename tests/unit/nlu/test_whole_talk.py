"""A later message is weighed over the whole talk: what was said first still counts, and points share anew what they had together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from assistant.nlu.leaning import Before
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.whole_talk import Readings, TalkWeights, in_the_talk, seen

RETEST, NOTICE, DAYS = "ask_consent/retest", "ask_meeting/notice", "ask_timeline/days"
SAID = ("they want to test him again", "she never answers me")
TEXT = "and if she never answers"
SO_FAR = Guess(
    (("ask_meeting", 0.5), ("ask_consent", 0.2), ("thank", 0.2), ("ask_timeline", 0.1)),
    ((NOTICE, 0.5), (RETEST, 0.2), (DAYS, 0.1)),
    0.9,
)
BEFORE = Before("she never answers me", (RETEST, NOTICE), said=SAID)


class Known:
    """A model that knows texts by heart, with what was said before them."""

    def __init__(self, known: Mapping[str, Guess]) -> None:
        self._known = known

    def guess(self, text: str, before: str = "", told: Sequence[str] = ()) -> Guess:
        found = self._known.get(f"{before} {text}".strip(), SO_FAR)
        return Guess(found.ranking, found.points, 0.9, tuple(((DAYS, 0.9),) for _ in told))

    def guess_together(self, texts: Sequence[str]) -> Guess:
        return self._known.get(" ".join(texts), SO_FAR)


EVERY = Guess((("ask_consent", 1.0),), ((RETEST, 0.99), (NOTICE, 0.01)))
MODEL = cast(QuestionModel, Known({" ".join((*SAID, TEXT)): EVERY}))


def test_what_all_words_together_ask_counts_as_much_as_its_weight() -> None:
    as_it_was = in_the_talk(TEXT, SO_FAR, BEFORE, TalkWeights(), MODEL)
    assert as_it_was.points[0][0] == NOTICE
    weighed = in_the_talk(TEXT, SO_FAR, BEFORE, TalkWeights(so_far=0.5, every=0.5), MODEL)
    assert weighed.points[0][0] == RETEST
    assert weighed.ranking[0][0] == "ask_consent"


def test_what_was_asked_before_counts_against_a_point_and_what_follows_for_it() -> None:
    past = cast(QuestionModel, Known({" ".join(SAID): Guess((), ((NOTICE, 0.99),))}))
    assert in_the_talk(TEXT, SO_FAR, BEFORE, TalkWeights(past=-0.5), past).points[0][0] == RETEST
    followed = in_the_talk(TEXT, SO_FAR, BEFORE, TalkWeights(follows=0.5), MODEL)
    assert followed.points[0][0] == DAYS


def test_points_share_what_they_had_together_and_an_act_keeps_its_own() -> None:
    found = in_the_talk(TEXT, SO_FAR, BEFORE, TalkWeights(every=0.7), MODEL)
    assert dict(found.ranking)["thank"] == 0.2
    assert sum(share for _, share in found.points) == pytest.approx(0.8)
    assert sum(share for _, share in found.ranking) == pytest.approx(1.0)


def test_a_topic_in_general_keeps_its_share_and_one_taken_out_stays_out() -> None:
    general = Guess(
        (("ask_meeting", 0.8), ("ask_consent", 0.2)), (("ask_meeting", 0.5), (NOTICE, 0.3), (RETEST, 0.2))
    )
    found = in_the_talk(TEXT, general, BEFORE, TalkWeights(every=0.5), MODEL)
    assert dict(found.points)["ask_meeting"] == 0.5
    assert DAYS not in dict(found.points), "ask_timeline is no meaning of it"


def test_a_point_told_before_and_the_one_told_last_are_seen() -> None:
    rows = seen(Readings.of(TEXT, SO_FAR, BEFORE, MODEL), BEFORE.told, [NOTICE, RETEST, DAYS])
    assert rows.shape == (3, len(vars(TalkWeights())))
    assert rows[:, -2].tolist() == [1.0, 1.0, 0.0]
    assert rows[:, -1].tolist() == [1.0, 0.0, 0.0]


def test_what_is_likeliest_no_question_is_left_as_it_is() -> None:
    told = Guess((("inform", 0.5), ("ask_meeting", 0.5)), ((NOTICE, 0.3), (RETEST, 0.2)))
    assert in_the_talk("he has no plan yet", told, BEFORE, TalkWeights(every=0.5), MODEL) == told
