"""Which trained model belongs to this checkout: its name holds a digest of all that training reads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from assistant.settings import TOP

MODELS = TOP / "models"
DIGEST_LETTERS = 12
_CODE = ("assistant/nlu", "assistant/typed_text.py", "requirements.lock")
_LEARNT_FROM = ("config.yml", "domain.yml", "data", *_CODE)


class NoModel(RuntimeError):
    """The model that belongs to this checkout was not trained; the text says what to do."""


def training_digest(top: Path = TOP) -> str:
    """Return a digest of everything the model depends on: data, domain, pipeline and the code behind it.

    Answers and the ruler's words are read from content/ at start and are no part of the model.
    """
    return _digest(_LEARNT_FROM, top)


def code_digest(top: Path = TOP) -> str:
    """Return a digest of the code that a model is learnt by: a process can load only what its own code has learnt."""
    return _digest(_CODE, top)


def _digest(parts: Sequence[str], top: Path) -> str:
    digest = hashlib.sha256()
    for part in parts:
        path = top / part
        files = (
            [path]
            if path.is_file()
            else sorted(f for f in path.rglob("*") if f.suffix in {".yml", ".py", ".npz"})
        )
        for file in files:
            digest.update(f"{file.relative_to(top)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:DIGEST_LETTERS]


def model_path(top: Path = TOP) -> Path:
    """Return where the model of this checkout lies, trained or not."""
    return top / "models" / f"whichplan-{training_digest(top)}.tar.gz"


def current_model(top: Path = TOP) -> Path:
    """Return the trained model of this checkout.

    Raises:
        NoModel: It was not trained. (Rasa itself would load the newest other one, or none, and answer nothing.)
    """
    path = model_path(top)
    if not path.is_file():
        raise NoModel(f"{path.relative_to(top)} was not trained yet: run `make train`.")
    return path
