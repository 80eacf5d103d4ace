"""How likely a word is in a language, from counts of its words and letters."""

from collections import Counter

from assistant.nlu.word_likelihood import WordLikelihood

LANGUAGE = WordLikelihood(Counter({"escuela": 20, "escrito": 5, "mi": 60, "papeles": 1, "hermana": 1}))


def test_a_word_that_is_read_often_is_likelier() -> None:
    assert LANGUAGE.word("mi") > LANGUAGE.word("escuela") > LANGUAGE.word("papeles")


def test_a_word_that_was_never_read_is_as_likely_as_its_letters() -> None:
    assert LANGUAGE.letters("escuelas") > LANGUAGE.letters("thought")
    assert LANGUAGE.word("papeles") > LANGUAGE.word("escuelas") > LANGUAGE.word("thought")
