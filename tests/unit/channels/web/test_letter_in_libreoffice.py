"""LibreOffice opens each letter for each plan: every word is there, and it fits one sheet of paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.letter_docx import as_docx
from tests.conftest import program
from tests.unit.channels.web.test_letter_files import LETTERS, letter

pytestmark = pytest.mark.needs("libreoffice")

PLANS = (None, "504", "iep", "none")
SECONDS = 300


def converted(folder: Path, kind: str) -> None:
    """Have LibreOffice open all letters of a folder in one go; it needs a profile of its own, so that no open one is in its way."""
    command = [str(program("libreoffice")), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run(
        [*command, *map(str, sorted(folder.glob("*.docx")))], check=True, timeout=SECONDS, capture_output=True
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("letters")
    made = {f"{name}-{plan}": letter(name, plan) for name in LETTERS for plan in PLANS}
    for name, one in made.items():
        (folder / f"{name}.docx").write_bytes(as_docx(one))
    converted(folder, "txt:Text (encoded):UTF8")
    converted(folder, "pdf")
    return folder, made


def test_no_word_is_lost(opened: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    folder, made = opened
    for name, one in made.items():
        words = (folder / f"{name}.txt").read_text(encoding="utf-8-sig")
        lines = [one["subject"], *(line.removeprefix("- ") for line in one["body"].split("\n"))]
        assert [line for line in lines if line not in words] == [], name


def test_a_letter_is_one_sheet(opened: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    folder, made = opened
    sheets = {
        name: len(re.findall(rb"/Type\s*/Page\b(?!s)", (folder / f"{name}.pdf").read_bytes()))
        for name in made
    }
    assert {name: count for name, count in sheets.items() if count != 1} == {}
