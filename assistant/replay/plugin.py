"""The pytest plugin: each story of a `test_*.yml` with `test_cases` is a test; all talks go into one report.

Loaded by pyproject.toml. Options: `--target`, `--repeat`, `--replay-report`; the rest (`-k`, `-n auto`, `--junitxml`) is pytest's.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from assistant.replay.story import Case

T = TypeVar("T")
REPORT = Path("var/replay/report.html")
_PLAYED = pytest.StashKey[list[dict[str, Any]]]()
_STAGE = pytest.StashKey["Stage"]()


class StoryFailed(Exception):
    """A story did not go as it has to; the text shows each difference, `talks` is what came, for the report."""

    def __init__(self, text: str, talks: list[dict[str, Any]]) -> None:
        super().__init__(text)
        self.talks = talks


class Stage:
    """The target of this process and the event loop its talks share."""

    def __init__(self, address: str) -> None:
        from assistant.replay.inside import InsideTarget
        from assistant.replay.live import LiveTarget
        from assistant.replay.target import Target

        self._runner = asyncio.Runner()
        self.target: Target = LiveTarget(address) if address else InsideTarget()

    def play(self, case: Case, times: int) -> list[dict[str, Any]]:
        """Play a case and return it as plain data for the report.

        Raises:
            StoryFailed: Something is not as expected, or a repeat differs from the first time.
        """
        from assistant.replay.player import differences, failure_text, play
        from assistant.replay.report import as_data

        if not self.target.inside and (reason := not_played_live(case)):
            pytest.skip(f"not on a running server: {reason}")
        waited = self.target.waited
        first = self._runner.run(play(case, self.target))
        wrong = [failure_text(case, first)] if first.failed else []
        for repeat in range(2, times + 1):
            again = self._runner.run(play(case, self.target))
            wrong += [f"repeat {repeat} differs: {text}" for text in differences(first, again)]
        data = [as_data(case, first) | {"waited": self.target.waited - waited}]
        if wrong:
            raise StoryFailed("\n".join(wrong), data)
        return data

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop of the talks."""
        return self._runner.run(coroutine)

    def close(self) -> None:
        """Let go of the loop."""
        self._runner.close()


def unseen_live(case: Case) -> list[str]:
    """Return the kinds of expectation of a case that a running server does not show, each as often as it stands there."""
    from assistant.replay.kinds import visible

    return [one.kind for one in case.expectations if not visible(one.kind, one.expected, inside=False)]


def not_played_live(case: Case) -> str:
    """Return why a case can't be played on a running server; empty when it can."""
    unseen = unseen_live(case)
    if case.only_inside or not unseen or len(unseen) < len(case.expectations):
        return case.only_inside
    return f"all that it expects shows only inside the process ({', '.join(dict.fromkeys(unseen))})"


def stage_of(config: pytest.Config) -> Stage:
    """Return the stage of this process; the first story loads the model."""
    if _STAGE not in config.stash:
        config.stash[_STAGE] = Stage(config.getoption("--target"))
    return config.stash[_STAGE]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--target`, `--repeat` and `--replay-report`."""
    group = parser.getgroup("replay", "conversation stories")
    group.addoption("--target", default="", metavar="URL", help="play the stories on a running server")
    group.addoption("--repeat", type=int, default=1, metavar="N", help="play each story N times; fail if a parent would see a difference")  # fmt: skip
    group.addoption("--replay-report", default=str(REPORT), metavar="FILE", help=f"where the report goes ({REPORT})")  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Let the one process that reports collect all talks."""
    if not hasattr(config, "workerinput"):  # the workers of `-n` send their talks to the process that reports
        config.pluginmanager.register(Reporter(config))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip all but the stories in YAML where they are played on a running server."""
    if config.getoption("--target"):
        for item in items:
            if not isinstance(item, StoryItem):
                item.add_marker(
                    pytest.mark.skip(reason="not on a running server: only the stories in YAML are")
                )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the stage, if a story was played."""
    if _STAGE in config.stash:
        config.stash[_STAGE].close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the stories of a `test_….yml` that holds any, else None."""
    named_so = file_path.suffix in {".yml", ".yaml"} and file_path.name.startswith("test_")
    if named_so and "test_cases:" in file_path.read_text(encoding="utf-8", errors="replace"):
        return StoryFile.from_parent(parent, path=file_path)
    return None


class StoryFile(pytest.File):
    """A file of stories."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each story of the file."""
        from assistant.replay.reader import StoryError, read_stories

        try:
            cases = read_stories(self.path)
        except StoryError as error:
            raise self.CollectError(str(error)) from None
        for case in cases:
            yield StoryItem.from_parent(self, name=case.name, case=case)


class StoryItem(pytest.Item):
    """One story as a test."""

    def __init__(self, *, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case
        if case.expected_failure:
            # what fails may be what a running server does not show
            strict = not (self.config.getoption("--target") and unseen_live(case))
            self.add_marker(
                pytest.mark.xfail(reason=case.expected_failure, strict=strict, raises=StoryFailed)
            )

    def runtest(self) -> None:
        """Play the story; it raises what did not fit."""
        perform(self, self.case)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Return the turns that did not fit, without pytest's own stack."""
        return str(excinfo.value) if excinfo.errisinstance(StoryFailed) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line (from 0) and name of the story."""
        return self.path, self.case.line - 1, self.case.name


def perform(item: pytest.Item, case: Case) -> None:
    """Play a case for a test and keep what came for the report."""
    talks = item.stash.setdefault(_PLAYED, [])
    try:
        talks += stage_of(item.config).play(case, item.config.getoption("--repeat"))
    except StoryFailed as failed:
        talks += failed.talks
        raise


@pytest.fixture
def replay(request: pytest.FixtureRequest) -> Callable[[Case], None]:
    """Play a case that a test made itself; it fails as a story does and stands in the report."""

    def run(case: Case) -> None:
        try:
            perform(request.node, case)
        except StoryFailed as failed:
            pytest.fail(
                str(failed), pytrace=False
            )  # what a parent said and what came, not how pytest got there

    return run


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    """The loaded assistant, for tests that talk without a story."""
    return stage_of(request.config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put a story's talks into the report of its test."""
    report = yield
    if call.when == "call" and _PLAYED in item.stash:
        report.replay = item.stash[_PLAYED]  # type: ignore[attr-defined]  # travels with -n as plain data
    return report


class Reporter:
    """Collects the talks of a session and writes the report at its end."""

    def __init__(self, config: pytest.Config) -> None:
        self._talks: list[dict[str, Any]] = []
        self._path = Path(config.getoption("--replay-report"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the talks of one test, from this process or a worker's."""
        reason = getattr(report, "wasxfail", "")
        outcome = "expected failure" if reason and report.skipped else report.outcome
        self._talks += [
            talk | {"outcome": outcome, "reason": reason} for talk in getattr(report, "replay", ())
        ]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write the report of all talks and say where it is."""
        if self._talks:
            from assistant.replay.coverage import measure
            from assistant.replay.report import write_report

            coverage = measure(self._talks)
            write_report(self._path, self._talks, coverage)
            terminalreporter.write_line(f"{len(self._talks)} talks, {coverage.line()}: {self._path}")
            self._what_did_not_show(terminalreporter)

    def _what_did_not_show(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what a running server left open, and how long it had the run wait."""
        unchecked = [text for talk in self._talks for turn in talk["turns"] for text in turn["unchecked"]]
        if unchecked:
            kinds = Counter(text.partition(":")[0] for text in unchecked).most_common()
            counted = ", ".join(f"{kind} {count}" for kind, count in kinds)
            terminalreporter.write_line(f"not checked, since only the process itself shows it: {counted}")
        if waited := sum(talk["waited"] for talk in self._talks):
            terminalreporter.write_line(
                f"waited {waited:.0f} s, since the server takes so many requests a minute"
            )
