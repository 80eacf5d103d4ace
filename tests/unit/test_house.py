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
MOST_REASONS = 120
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


MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
"""Without its docstring. How many ways lead through one, `ruff` counts: `mccabe.max-complexity`."""
LONGER = {
    "assistant/booking/calls/migrations/versions/0001_calls.py upgrade": "a list of tables, never changed again",
    "actions/book/offer.py offer": "which openings are shown, and what is said of them: still to be split",
    "actions/book/ask.py run": "the booking's summary and its words: still to be split",
    "assistant/booking/desk/desk.py __init__": "the desk's parts, wired in one place",
    "assistant/talk/answering.py compose_point": "the parts of an answer in the order in which they are said",
}
"""Functions that are longer, with the reason. It only ever gets shorter."""
MOST_LONGER = 5
LEAST_DOCUMENTED = 0.95


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    lines = {module: len((TOP / module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def functions(module: str) -> Iterator[tuple[str, int]]:
    """Yield each function of a module with its lines, its docstring not counted."""
    for node in ast.walk(ast.parse((TOP / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            first = node.body[0]
            said = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) and first.end_lineno else 0
            yield node.name, node.end_lineno - node.lineno + 1 - said


def test_no_function_is_longer_than_one_can_hold_in_mind() -> None:
    every = sorted(
        str(path.relative_to(TOP))
        for top in ("assistant", "actions", "bench")
        for path in (TOP / top).rglob("*.py")
    )
    long = {
        f"{module} {name}"
        for module in every
        for name, lines in functions(module)
        if lines > MOST_LINES_OF_A_FUNCTION
    }
    assert long - set(LONGER) == set(), "split it by what it decides"
    assert set(LONGER) - long == set(), "these are short now: take them out of the list"
    assert len(LONGER) <= MOST_LONGER


def public_names(node: ast.Module | ast.ClassDef) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    """Yield a file or class and what is public in it."""
    yield node
    for one in node.body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from public_names(one)
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
            yield one  # type: ignore[misc]


@pytest.mark.parametrize("top", ["assistant/", "actions/"])
def test_what_is_public_is_documented(top: str) -> None:
    found = [
        ast.get_docstring(one) is not None
        for module in modules()
        if module.startswith(top)
        for one in public_names(ast.parse((TOP / module).read_text(encoding="utf-8")))
    ]
    assert sum(found) / len(found) >= LEAST_DOCUMENTED
