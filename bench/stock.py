"""A stock Rasa assistant to measure beside: the pipeline and policies of `rasa init`, our data, the same actions.

It lives in an environment of its own, `.venv-stock`, on Python 3.10 as Rasa's authors pinned it (TensorFlow and all).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.knowledge.checks.reach import nlu_files
from assistant.serve.models import training_digest
from assistant.settings import TOP
from bench.messages import wordings

ENVIRONMENT = TOP / ".venv-stock"
PROJECT = TOP / "var/bench/stock"
EPOCHS = int(os.environ.get("BENCH_STOCK_EPOCHS") or 100)
"""Epochs of DIET, TED and UnexpecTED; `rasa init` says 100. Fewer change the training's time, not a turn's."""
LINES = int(os.environ.get("BENCH_LINES") or 20)
"""Training lines an intent for both sides' training; 0 for all, which takes the stock assistant an hour and more. Fewer lines make
its vocabulary smaller and a stock turn a little faster."""
POINT_LINES = 2
"""Training lines a point where not all are taken: `rasa init`'s pipeline knows points as retrieval intents, and all of them are in play."""
AS_IT_IS = bool(os.environ.get("BENCH_STOCK_AS_IT_IS"))
"""Take the stock model that was trained last, though the data changed since: some new points change neither a turn nor the memory of it. Its
training's figures are those of that time."""
LONGEST_TRAINING = float(os.environ.get("BENCH_STOCK_SECONDS") or 1500)
"""Seconds after which the stock training is given up."""
PYTHON = "3.10"

# What `rasa init` of 3.6.21 writes; its pipeline and policies are the defaults of the recipe.
PIPELINE = f"""
recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - {{name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}}
  - {{name: DIETClassifier, epochs: {EPOCHS}, constrain_similarities: true}}
  - name: EntitySynonymMapper
  - {{name: ResponseSelector, epochs: {EPOCHS}, constrain_similarities: true}}
  - {{name: FallbackClassifier, threshold: 0.3, ambiguity_threshold: 0.1}}
"""
POLICIES = f"""
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - {{name: UnexpecTEDIntentPolicy, max_history: 5, epochs: {EPOCHS}}}
  - {{name: TEDPolicy, max_history: 5, epochs: {EPOCHS}, constrain_similarities: true}}
"""


class Missing(RuntimeError):
    """The stock assistant can't be made here; the text says why, in one line."""


def python310() -> Path:
    """Return an interpreter that Rasa's own pins allow.

    Raises:
        Missing: There is none.
    """
    found = shutil.which(f"python{PYTHON}")
    places = [
        *sorted(Path.home().glob(f".pyenv/versions/{PYTHON}.*/bin/python")),
        *([Path(found)] if found else []),
    ]
    for place in places:
        asked = subprocess.run([place, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True)
        if asked.stdout.strip() == b"(3, 10)":
            return place
    raise Missing(f"no stock assistant: Python {PYTHON}, the last that Rasa 3.6 allows, was not found")


def environment() -> Path:
    """Return the interpreter of `.venv-stock`, made now if it isn't there.

    Raises:
        Missing: It can't be made.
    """
    python = ENVIRONMENT / "bin/python"
    if (ENVIRONMENT / "bin/rasa").is_file():
        return python
    uv = TOP / ".uv/bin/uv"
    # --no-config: our own pyproject.toml takes TensorFlow out of Rasa's requirements
    for command in (
        [uv, "venv", "--no-config", "--clear", "--python", python310(), ENVIRONMENT],
        [uv, "pip", "install", "--no-config", "--python", python, "rasa==3.6.21", "setuptools<71"],
    ):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise Missing(f"no stock assistant: {done.stderr.strip().splitlines()[-1]}")
    return python


def project() -> Path:
    """Write the stock project and return its folder: our domain and data, the pipeline of `rasa init`."""
    PROJECT.mkdir(parents=True, exist_ok=True)
    (PROJECT / "config.yml").write_text(PIPELINE + POLICIES)
    (PROJECT / "credentials.yml").write_text("rest:\n")
    shutil.copy(TOP / "domain.yml", PROJECT / "domain.yml")
    shutil.copytree(TOP / "data", PROJECT / "data", dirs_exist_ok=True)
    for path in nlu_files(PROJECT / "data"):
        path.unlink()
    # stock Rasa reads no line that leans on another, so only those that stand alone are taken
    (PROJECT / "data/nlu.yml").write_text(_nlu(wordings()))
    return PROJECT


def _nlu(lines: Iterable[tuple[str, str]]) -> str:
    """Return an nlu file of (text, intent), the first LINES of each intent and the first POINT_LINES of each point."""
    kept: dict[str, list[str]] = {}
    for text, intent in lines:
        kept.setdefault(intent, []).append(f"- {text}\n")
    blocks = [
        {
            "intent": name,
            "examples": "".join(own[: (POINT_LINES if "/" in name else LINES) if LINES else None]),
        }
        for name, own in kept.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000)


def environ() -> dict[str, str]:
    """Return the variables of a stock process: quiet, without telemetry."""
    return os.environ | {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }


def trained() -> dict[str, float]:
    """Train the stock model unless it fits the data already; return `seconds`, `memory MB` and `epochs` of the training.

    Raises:
        Missing: Rasa did not train it.
    """
    python, folder = environment(), project()
    note = folder / "trained.json"
    key = f"{training_digest()}-{EPOCHS}-{LINES}"
    if note.is_file() and ((known := json.loads(note.read_text()))["key"] == key or AS_IT_IS):
        return {name: value for name, value in known.items() if name != "key"}
    sys.stdout.write(
        f"Training the stock assistant ({EPOCHS} epochs, {LINES or 'all'} lines an intent): this takes long ...\n"
    )
    sys.stdout.flush()
    began = time.monotonic()
    command = [str(python), "-m", "rasa", "train", "--force", "--fixed-model-name", "stock", "--quiet"]
    with (folder / "train.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ(), stdout=log, stderr=log)
        giving_up = threading.Timer(LONGEST_TRAINING, process.kill)
        giving_up.start()
        _, status, usage = os.wait4(process.pid, 0)
        giving_up.cancel()
    if status:
        raise Missing(
            f"no stock assistant: its training failed or took over {LONGEST_TRAINING:.0f} s, see {folder / 'train.log'}"
        )
    figures = {
        "seconds": time.monotonic() - began,
        "cpu seconds": usage.ru_utime + usage.ru_stime,
        "memory MB": usage.ru_maxrss / 1024,
        "epochs": float(EPOCHS),
        "lines an intent": float(LINES),
    }
    note.write_text(json.dumps(figures | {"key": key}))
    return figures


def endpoints(actions_port: int) -> Path:
    """Write endpoints.yml for a server whose actions listen on `actions_port`; return its path."""
    path = PROJECT / "endpoints.yml"
    path.write_text(yaml.safe_dump({"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}}))
    return path


def trained_nlu(texts: Sequence[str], intents: Sequence[str]) -> Path:
    """Train the stock pipeline alone on the given lines (the first LINES of each intent); return its model.

    Raises:
        Missing: Rasa did not train it.
    """
    python, folder = environment(), TOP / "var/bench/stock_nlu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nlu.yml").write_text(_nlu(zip(texts, intents, strict=True)))
    (folder / "config.yml").write_text(PIPELINE)
    options = ["--nlu", "nlu.yml", "--config", "config.yml", "--out", ".", "--fixed-model-name", "nlu"]
    with (folder / "train.log").open("w") as log:
        done = subprocess.run(
            [python, "-m", "rasa", "train", "nlu", *options],
            cwd=folder,
            env=environ(),
            stdout=log,
            stderr=log,
        )
    if done.returncode:
        raise Missing(f"no stock pipeline: its training failed, see {folder / 'train.log'}")
    return folder / "nlu.tar.gz"


def parsed(model: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Return what a stock model makes of messages, as stock_parse.py writes it.

    Raises:
        Missing: It did not answer.
    """
    written = model.with_name("parsed.json")
    written.unlink(missing_ok=True)
    done = subprocess.run(
        [environment(), Path(__file__).with_name("stock_parse.py"), model, written],
        input=json.dumps(list(texts)),
        env=environ(),
        capture_output=True,
        text=True,
        cwd=model.parent,
    )
    if done.returncode or not written.is_file():
        raise Missing(f"no stock pipeline: {(done.stderr.strip() or 'it wrote nothing').splitlines()[-1]}")
    told: dict[str, Any] = json.loads(written.read_text())
    return told
