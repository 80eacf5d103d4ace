"""The house keeps its plan: no circle of files, none too long, docstrings, and for each module a test file of its name or a reason."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
import yaml

from assistant.settings import TOP

UNIT = TOP / "tests" / "unit"
REASONS: dict[str, str] = yaml.safe_load((UNIT / "without_a_test_file.yml").read_text(encoding="utf-8"))
MOST_REASONS = 117
"""How many modules may be listed. It only ever gets smaller."""
_NO_CODE_OF_OURS = ("migrations", "standins")


def modules() -> list[str]:
    found = [path.relative_to(TOP) for top in ("assistant", "actions") for path in (TOP / top).rglob("*.py")]
    return sorted(
        str(path)
        for path in found
        if path.name != "__init__.py" and not set(path.parts) & set(_NO_CODE_OF_OURS)
    )


def place_of_the_test(module: str) -> Path:
    """Return where the test of a module belongs: assistant/booking/zones.py has tests/unit/booking/test_zones.py."""
    path = Path(module.removeprefix("assistant/"))
    return UNIT / path.parent / f"test_{path.name}"


def test_each_module_has_a_test_file_of_its_name_or_a_reason() -> None:
    without = {module for module in modules() if not place_of_the_test(module).exists()}
    assert without - set(REASONS) == set(), "write the test file, or the reason into without_a_test_file.yml"
    assert set(REASONS) - without == set(), "these have a test file, or are gone: take them out of the list"


def test_the_list_of_reasons_only_shrinks() -> None:
    assert len(REASONS) <= MOST_REASONS
    gone = [
        path
        for reason in REASONS.values()
        for path in reason.split()
        if path.startswith("tests/") and not (TOP / path).exists()
    ]
    assert gone == [], "a reason names a test that is not there"


def test_files_import_in_no_circle() -> None:
    graph = grimp.build_graph("assistant", "actions", cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) - {module} for module in graph.modules}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_each_channel_stands_in_the_contract_that_keeps_channels_apart() -> None:
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (apart,) = (one for one in contracts["contracts"] if one["name"] == "no channel knows another")
    folders = {f"assistant.channels.{path.parent.name}" for path in TOP.glob("assistant/channels/*/*.py")}
    assert folders == set(apart["modules"]), "name each folder of assistant/channels/ in pyproject.toml"


CODE = ("assistant", "actions", "bench", "training")
"""Where code of ours lies; the tests have their own measure."""
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
"""Without its docstring. How many ways lead through one, `ruff` counts: `mccabe.max-complexity`."""
REASON = "# Long: "
"""How the line over a function begins that is longer, and says why."""
MOST_LONGER = 3
"""How many functions may be longer. It only ever gets smaller."""
LEAST_DOCUMENTED = 0.95


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    lines = {path: len((TOP / path).read_text(encoding="utf-8").splitlines()) for path in code(*CODE)}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def code(*tops: str) -> list[str]:
    """Return every file of Python in these folders."""
    return sorted(str(path.relative_to(TOP)) for top in tops for path in (TOP / top).rglob("*.py"))


def functions(path: str) -> Iterator[tuple[str, int, bool]]:
    """Yield each function of a file: where it stands, its lines without its docstring, whether a reason stands over it."""
    text = (TOP / path).read_text(encoding="utf-8")
    above = ["", *text.splitlines()]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            doc = node.body[0]
            said = doc.end_lineno - doc.lineno + 1 if ast.get_docstring(node) and doc.end_lineno else 0
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            reason = above[first - 1].strip().startswith(REASON)
            yield f"{path}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1 - said, reason


def test_no_function_is_longer_than_one_can_hold_in_mind() -> None:
    every = [one for path in code(*CODE) for one in functions(path)]
    long = {name for name, lines, _ in every if lines > MOST_LINES_OF_A_FUNCTION}
    reasoned = {name for name, _, reason in every if reason}
    assert long - reasoned == set(), f"split it by what it decides, or write `{REASON}` and why over it"
    assert reasoned - long == set(), "these are short now: take the comment away"
    assert len(long) <= MOST_LONGER


def public_names(node: ast.Module | ast.ClassDef) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    """Yield a file or class and what is public in it."""
    yield node
    for one in node.body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from public_names(one)
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
            yield one  # type: ignore[misc]


@pytest.mark.parametrize("top", CODE)
def test_what_is_public_is_documented(top: str) -> None:
    found = [
        ast.get_docstring(one) is not None
        for path in code(top)
        for one in public_names(ast.parse((TOP / path).read_text(encoding="utf-8")))
    ]
    assert sum(found) / len(found) >= LEAST_DOCUMENTED
