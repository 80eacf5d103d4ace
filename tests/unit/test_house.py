"""The house keeps its plan: no circle of files, none too long, docstrings, and for each module a test file of its name or a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
import yaml

from assistant.settings import TOP

UNIT = TOP / "tests" / "unit"
REASONS: dict[str, str] = yaml.safe_load((UNIT / "without_a_test_file.yml").read_text(encoding="utf-8"))
MOST_REASONS = 122
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


MOST_LINES = 400
LEAST_DOCUMENTED = 0.95


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    lines = {module: len((TOP / module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


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
