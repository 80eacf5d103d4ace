from __future__ import annotations

from pathlib import Path

import pytest

from assistant.serve.models import NoModel, current_model, model_path, training_digest


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in {
        "config.yml": "a",
        "domain.yml": "b",
        "requirements.lock": "c",
        "data/nlu.yml": "d",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "assistant/nlu").mkdir(parents=True)
    (tmp_path / "content").mkdir()
    return tmp_path


def test_another_wording_means_another_model(checkout: Path) -> None:
    before = training_digest(checkout)
    (checkout / "data/nlu.yml").write_text("another wording")
    assert training_digest(checkout) != before


def test_a_reworded_answer_needs_no_training(checkout: Path) -> None:
    before = training_digest(checkout)
    (checkout / "content/ask_cost.yml").write_text("reworded")
    assert training_digest(checkout) == before


def test_a_model_of_other_data_is_never_loaded(checkout: Path) -> None:
    (checkout / "models").mkdir()
    (checkout / "models/whichplan-000000000000.tar.gz").touch()
    with pytest.raises(NoModel, match="make train"):
        current_model(checkout)
    model_path(checkout).touch()
    assert current_model(checkout) == model_path(checkout)
