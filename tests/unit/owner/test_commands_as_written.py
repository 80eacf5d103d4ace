"""The owner's commands as the docs write them: each is there, does what it says, and names what is wrong with an argument."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.settings import TOP


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, and all that it said."""

    code: int
    said: str


Make = Callable[..., Done]

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make")

_WRITTEN = re.compile(
    r"(?:^|`)make ([a-z][a-z-]*)((?: [A-Za-z]+=(?:\"[^\"]*\"|'[^']*'|[^\s`]+))*)", re.MULTILINE
)
_MAKEFILE = (TOP / "Makefile").read_text(encoding="utf-8")


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Make:
    """Run a command of the docs on a data folder of its own: make says what it would start, this process does it."""
    monkeypatch.chdir(TOP)

    def run(*words: str) -> Done:
        asked = ["make", "-n", "-o", "install", "-o", "install-dev", f"DATA={tmp_path}", *words]
        # Under `make test` this make would be a child of it: it would say which directory it enters, too.
        alone = {
            name: value
            for name, value in os.environ.items()
            if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
        }
        shown = subprocess.run(
            asked, cwd=TOP, env=alone, capture_output=True, text=True, timeout=60, check=True
        ).stdout
        _, _, module, *arguments = shlex.split(shown)
        monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
        monkeypatch.setattr(sys, "argv", [module, *arguments])
        folder = TOP.joinpath(*module.split(".")).is_dir()
        main = importlib.import_module(f"{module}.__main__" if folder else module).main
        capsys.readouterr()
        try:
            code, last = main() or 0, ""
        except SystemExit as end:  # with words it is 1, and they are said
            code, last = (end.code or 0, "") if not isinstance(end.code, str) else (1, end.code)
        out = capsys.readouterr()
        return Done(int(code), out.out + out.err + last)

    return run


@pytest.fixture
def filled(tmp_path: Path, make: Make) -> Path:
    """A data folder that a server has begun."""
    assert make("bookings").code == 0
    (tmp_path / "secret.key").write_bytes(b"k" * 32)
    return tmp_path


def _as_written() -> list[tuple[str, str, str]]:
    pages = [*sorted((TOP / "docs").rglob("*.md")), TOP / "README.md"]
    return [
        (page.name, *found.groups())
        for page in pages
        if "decisions" not in page.parts
        for found in _WRITTEN.finditer(page.read_text(encoding="utf-8"))
    ]


def test_each_command_and_each_of_its_values_that_the_docs_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", _MAKEFILE, re.MULTILINE))
    values = set(re.findall(r"\$\(([A-Za-z]+)\)", _MAKEFILE))
    written = _as_written()
    assert len(written) > 50
    unknown = [(page, target) for page, target, _ in written if target not in targets]
    assert unknown == []
    for page, target, given in written:
        assert set(re.findall(r" ([A-Za-z]+)=", given)) <= values, (page, target, given)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bookings"], r"0 calls"),
        (["bookings", "ARGS=list --all"], r"0 calls"),
        (["bookings", "ARGS=export --csv -"], r"^id,"),
        (["bookings", "ARGS=cancel --since 2026-11-30T14:00 --unproven"], r"0 calls; add --yes to cancel them"),
        (["bookings", "ARGS=dead-letters"], r"0 dead letters"),
        (["bookings", "ARGS=dead-letters --retry"], r"0 are tried again"),
        (["unanswered"], r"0 turns in 0 groups; as a page: .*unanswered\.html"),
        (["unanswered", "ARGS=--all"], r"0 turns"),
        (["feedback"], r"No thumbs in this time"),
        (["feedback", "ARGS=--since 2026-11-01"], r"No thumbs in this time"),
        (["forget", "EMAIL=pat@example.org"], r"Deleted: 0 calls .* 0 talks"),
        (["content-report"], r"All answers in one table: .*content-report\.html"),
        (["rotate-secret"], r"what the old one signed still counts"),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, list) else "",
)  # fmt: skip
def test_a_command_does_what_it_says(make: Make, filled: Path, words: list[str], says: str) -> None:
    done = make(*words)
    assert done.code == 0, done.said
    assert re.search(says, done.said, re.MULTILINE), done.said


def test_a_backup_comes_back(make: Make, filled: Path, tmp_path: Path) -> None:
    made = make("backup", f"TO={tmp_path / 'kept here'}")
    file = made.said.splitlines()[0]
    assert Path(file).exists(), made
    back = make("restore", f"FROM={file}")
    assert f"Restored into {tmp_path}" in back.said, back


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bookings", "ARGS=lst"], r"make bookings.*invalid choice: 'lst' \(choose from"),
        (["bookings", "ARGS=export"], r"one of the arguments --csv --ics is required"),
        (["bookings", "ARGS=export --csv /nowhere/x.csv"], r"No such file or directory: '/nowhere/x\.csv'"),
        (["bookings", "ARGS=cancel 3f9a12c0"], r"no call has an id that begins with '3f9a12c0'; see list --all"),
        (["unanswered", "ARGS=not-ours 7"], r"There is no row 7: see make unanswered"),
        (["unanswered", "ARGS=not-ours seven"], r"'seven' is no number; make unanswered lists the rows"),
        (["unanswered", "ARGS=wording 7"], r"make unanswered wording.*required: point"),
        (["feedback", "ARGS=--since yesterday"], r"'yesterday' is no day; write one such as 2026-11-01"),
        (["feedback", "ARGS=--csv /nowhere/x.csv"], r"can't be shown .*/nowhere/x\.csv"),
        (["forget"], r"Name the address: make forget EMAIL="),
        (["forget", "EMAIL=pat"], r"Name the address: make forget EMAIL="),
        (["backup", "TO=/etc/hostname"], r"The backup was not made: .*yours to write"),
        (["restore"], r"Name the backup: make restore FROM="),
        (["restore", "FROM=/nowhere.tar.gz"], r"/nowhere\.tar\.gz can't be read.*make backup wrote"),
        (["move-to-postgres"], r"TO is no address of PostgreSQL"),
        (["move-to-postgres", "TO=mysql://x"], r"TO is no address of PostgreSQL"),
        (["rotate-secret", "ENDED=no"], r"ENDED=no says nothing, so nothing is changed"),
        (["rotate-secret", "ENDED=yes"], r"no older secret counts any more"),
        (["content-report", "DATA=/proc/nowhere"], r"The report was not written: .*yours to write"),
        (["switch"], r"to= is no state\. Write to=off or to=live"),
        (["switch", "id=ask_nothing", "to=off"], r"There is no answer ask_nothing"),
        (["approve", "id=ask_placement/i_say_no"], r"Say who approves: make approve"),
        (["approve", "id=letters/none", "by=Dana"], r"There is no letters/none\. Name a topic, point or letter"),
        (["question"], r"make question id=ask_tutoring"),
        (["question", "id=ask_placement"], r"ask_placement is there already"),
        (["question", "id=ask two words"], r"ask two words does not name a question"),
        (["live-check"], r"FAILS  addresses"),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, list) else "",
)  # fmt: skip
def test_a_wrong_argument_is_named_with_what_to_write(
    make: Make, filled: Path, words: list[str], says: str
) -> None:
    done = make(*words)
    assert done.code, done.said
    assert re.search(says, done.said, re.DOTALL), done.said


def test_a_wrong_value_changes_no_secret(make: Make, filled: Path) -> None:
    make("rotate-secret", "ENDED=no")
    assert (filled / "secret.key").read_bytes() == b"k" * 32
