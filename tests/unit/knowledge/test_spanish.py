from __future__ import annotations

from assistant.knowledge.spanish import FALLBACK, spanish


def test_each_answer_has_words_for_an_unknown_plan_and_facts_where_it_tells_something() -> None:
    for name, answer in spanish().answers.items():
        assert answer.words(None) == ("either", answer.says["either"])
        assert len(answer.says["either"].split()) <= 75, name
        tells = name not in {"thanks", "plan_told"}  # they thank, and ask on
        assert answer.facts or not tells, name


def test_no_line_asks_for_two_answers() -> None:
    lines = [line for answer in spanish().answers.values() for line in answer.hears] + [*spanish().book]
    assert len(lines) == len(set(lines))
    # what sounds like our call and is the school's is heard as what has no answer yet, never as a wish for the call
    assert "me llamaron de la escuela" in spanish().answers[FALLBACK].hears
    assert not {"quiero una cita", "quiero hablar con una persona"} & set(spanish().answers[FALLBACK].hears)


def test_danger_in_spanish_names_both_numbers() -> None:
    assert "911" in spanish().danger and "988" in spanish().danger
