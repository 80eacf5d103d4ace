from pathlib import Path
from typing import Any

from assistant.replay.coverage import measure, rules
from assistant.replay.report import page, write_report


def talk(outcome: str = "passed", **turn: Any) -> dict[str, Any]:
    played = {
        "said": "<b>who</b> do i call", "milliseconds": 12.3, "expected": [["outcome: answered", ""]], "wrong": [],
        "unchecked": [], "intent": "ask_who_to_contact", "actions": ["action_answer", "action_listen"],
        "form_step": "booking_form: opening",
        "replies": [{
            "text": "The **principal**.", "outcome": "answered",
            "answer": {"intent": "ask_who_to_contact", "plan": "504"},
            "sources": [{"cite": "34 CFR 104.7", "title": "", "url": ""}], "buttons": [{"title": "IEP"}],
        }],
    } | turn  # fmt: skip
    return {
        "name": "a talk",
        "file": "people",
        "line": 3,
        "stopped": "",
        "turns": [played],
        "outcome": outcome,
        "reason": "",
        "waited": 0.0,
    }


def test_the_report_shows_the_talk_and_what_was_expected(tmp_path: Path) -> None:
    failed = talk(
        "failed", expected=[["answer: intent ask_team", "answer: wanted ask_team, came ask_who_to_contact"]]
    )
    write_report(tmp_path / "deep" / "report.html", [talk(), failed], measure([talk()]))
    html = (tmp_path / "deep" / "report.html").read_text()
    assert "2 talks, 2 turns: 1 passed, 1 failed" in html
    assert "&lt;b&gt;who&lt;/b&gt; do i call" in html
    assert "The <b>principal</b>." in html
    assert "34 CFR 104.7" in html and "12 ms" in html
    assert "wanted ask_team, came ask_who_to_contact" in html
    assert html.index("class='failed' open") < html.index("class='passed'")
    assert "<script" not in html


def test_coverage_counts_answers_actions_rules_and_form_steps() -> None:
    coverage = measure([talk(), talk()])
    assert coverage.answers["ask_who_to_contact", "504"] == 2
    assert coverage.answers["ask_who_to_contact", "iep"] == 0
    assert coverage.actions["action_answer"] == 2
    assert coverage.rules["a question is answered"] == 2
    assert coverage.rules["danger comes before everything"] == 0
    assert coverage.steps["booking_form: opening"] == 2
    assert "ask_who_to_contact for iep" in dict((t, m) for t, m, _ in coverage.untouched())["Answers"]
    assert "danger comes before everything" in page([talk()], coverage)


def test_coverage_counts_points_and_lists_what_no_story_reaches() -> None:
    said = {"intent": "ask_aide", "plan": "iep", "point": "ask_aide/taken_away"}
    told = talk(replies=[{"text": "An aide.", "outcome": "answered", "answer": said}])
    coverage = measure([told])
    assert coverage.points["ask_aide/taken_away"] == coverage.answers["ask_aide", "iep"] == 1
    assert "ask_aide/shared_aide" in dict((t, m) for t, m, _ in coverage.untouched())["Points"]
    html = page([told], coverage)
    assert "ask_aide/taken_away, plan iep" in html and "<li>ask_aide/shared_aide</li>" in html


def test_every_rule_is_known_by_its_name() -> None:
    names = [rule.name for rule in rules()]
    assert "the free call is booked by a form" in names and "yes" in names


def test_what_could_not_be_checked_is_named_and_does_not_look_as_if_it_held() -> None:
    html = page([talk(unchecked=["slot_was_set: plan iep"])], measure([talk()]))
    assert (
        "<li class='unseen'>not checked, it shows only inside the process: slot_was_set: plan iep</li>"
        in html
    )
