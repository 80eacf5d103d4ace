"""Requests made by schemathesis from the published contract: no 5xx, and nothing answered that the contract does not say.

It wants a newer jsonschema than Rasa allows, so it lives in `.venv-fuzz` (setup/fuzz.sh).
"""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from assistant.settings import TOP
from tests.conftest import program
from tests.http.world import Server

EXAMPLES = int(os.environ.get("WHICHPLAN_SCHEMATHESIS", "10"))
"""Random cases for each call; the systematic ones come on top."""


@pytest.mark.needs("schemathesis")
def test_the_published_contract_holds(server: Server) -> None:
    hooks = {"SCHEMATHESIS_HOOKS": "tests.http.fuzz_hooks", "WHICHPLAN_FUZZED": server.url}
    done = subprocess.run(
        [program("schemathesis") or "", "--config-file", TOP / "tests/http/schemathesis.toml", "run",
         f"{server.url}/v1/openapi.json", "--max-examples", str(EXAMPLES), "--max-response-time", "6"],
        cwd=TOP, env=os.environ | hooks | {"PYTHONPATH": str(TOP)}, capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    cases = re.search(r"(\d+) generated", done.stdout)
    assert cases and int(cases[1]) > 100
    results = TOP / "results"
    results.mkdir(exist_ok=True)
    (results / "schemathesis.txt").write_text(done.stdout)
