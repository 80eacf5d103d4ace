"""Reads stories: Rasa Pro's end-to-end format and our own expectations, each mistake with file, line and step."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.booking.zones import iana_zones
from assistant.knowledge.source import ContentError, ContentFile, read
from assistant.replay.kinds import KINDS
from assistant.replay.story import ZONE, Assertion, Case, Step

_STEP_KEYS = ("user", "press", "later", "bot", "utter", "slot_was_set", "slot_was_not_set")
_CASE_KEYS = ("test_case", "steps", "fixtures", "metadata", "zone", "clock", "expected_failure")
_FILE_KEYS = ("test_cases", "fixtures", "metadata")
_NOT_HERE = {
    "flow_started": "flows", "flow_completed": "flows", "flow_cancelled": "flows",
    "pattern_clarification_contains": "flows", "generative_response_is_relevant": "a language model",
    "generative_response_is_grounded": "a language model",
}  # fmt: skip
_REFUSED = {"stub_custom_actions": "actions are real here. Take it out, and expect what they say"}
_CONSTANTS = {"true": True, "false": False, "null": None}
_PAUSE = re.compile(r"(\d+) (second|minute|hour|day)s?")


class StoryError(ContentError):
    """A story can't be read; the text names file, line and step."""


def read_stories(path: Path) -> list[Case]:
    """Return the stories of one file.

    Raises:
        StoryError: Something in it is not understood.
    """
    try:
        return _Reader(read(path)).cases()
    except StoryError:
        raise
    except ContentError as error:
        raise StoryError(str(error)) from None


class _Reader:
    def __init__(self, file: ContentFile) -> None:
        self._file = file
        self._data: Mapping[str, Any] = file.data if isinstance(file.data, dict) else {}
        self._fixtures: dict[str, list[dict[str, Any]]] = {}

    def cases(self) -> list[Case]:
        if not isinstance(self._data.get("test_cases"), list):
            raise self._error("a list `test_cases` is missing. See docs/use/replay.md.")
        self._known(self._data, _FILE_KEYS, "the file")
        self._fixtures = self._read_fixtures(self._data.get("fixtures") or [])
        cases = [self._case(number, data) for number, data in enumerate(self._data["test_cases"])]
        seen: dict[str, int] = {}
        for number, case in enumerate(cases):
            if case.name in seen:
                raise self._error(
                    f"{case.name!r} stands already in line {seen[case.name]}. Name one of them anew.",
                    "test_cases",
                    number,
                )
            seen[case.name] = case.line
        return cases

    def _read_fixtures(self, listed: Any) -> dict[str, list[dict[str, Any]]]:
        """Return each fixture's slots by its name."""
        form = "Write a list of `- name:`, below each a list of `- slot: value`."
        if not isinstance(listed, list):
            raise self._error(f"`fixtures` is no list. {form}", "fixtures")
        found: dict[str, list[dict[str, Any]]] = {}
        for number, fixture in enumerate(listed):
            if not isinstance(fixture, dict):
                raise self._error(f"{fixture!r} in `fixtures` has no slots. {form}", "fixtures", number)
            if "test_case" in fixture:  # it would never be played
                said = f"{fixture['test_case']!r} stands under `fixtures`. Move it up under `test_cases`."
                raise self._error(said, "fixtures", number)
            for name, slots in fixture.items():
                if not isinstance(slots, list) or not all(isinstance(one, dict) for one in slots):
                    raise self._error(
                        f"the fixture {name!r} is no list of slots. {form}", "fixtures", number, name
                    )
                found[name] = slots
        return found

    def _case(self, number: int, data: Any) -> Case:
        where: tuple[str | int, ...] = ("test_cases", number)
        if not isinstance(data, dict) or not isinstance(data.get("test_case"), str) or not data["test_case"]:
            raise self._error("each case needs a name: `- test_case: a parent asks ...`.", *where)
        name = data["test_case"]
        self._known(data, _CASE_KEYS, repr(name), *where)
        if not isinstance(data.get("steps"), list) or not data["steps"]:
            raise self._error(f"{name!r} has no steps. Add `steps:` with at least one `- user: ...`.", *where)
        steps: list[Step] = []
        opening: list[Assertion] = []
        for place, step in enumerate(data["steps"]):
            inner = (*where, "steps", place)
            self._step(steps, opening, step, f"{name!r}, step {place + 1}", *inner)
        if not steps:
            raise self._error(f"{name!r} has no `user` step.", *where)
        return Case(
            name,
            tuple(steps),
            tuple(opening),
            self._slots(data.get("fixtures", []), name, *where, "fixtures"),
            self._zone(data.get("zone", ZONE), *where, "zone"),
            self._clock(data, name, *where, "clock"),
            self._failure(data.get("expected_failure", ""), name, *where, "expected_failure"),
            self._file.path,
            self._file.line(*where),
        )

    def _step(
        self, steps: list[Step], opening: list[Assertion], data: Any, called: str, *where: str | int
    ) -> None:
        if not isinstance(data, dict):
            raise self._error(f"{called}: write `user: ...` or another of {', '.join(_STEP_KEYS)}.", *where)
        does = next((key for key in _STEP_KEYS if key in data), "")
        self._known(
            data,
            (does, "assertions", "metadata", "assertion_order_enabled") if does else _STEP_KEYS,
            called,
            *where,
        )
        line = self._file.line(*where)
        if does in {"user", "press", "later"}:
            text = data[does]
            if not isinstance(text, str) or not text.strip():
                raise self._error(f"{called}: `{does}` needs a text.", *where, does)
            steps.append(
                Step(
                    does,  # type: ignore[arg-type]
                    text.strip(),
                    self._assertions(data.get("assertions", []), called, *where, "assertions"),
                    self._pause(text, called, *where) if does == "later" else timedelta(),
                    len(steps) + 1,
                    line,
                )
            )
            return
        expected = self._old_slots(data[does]) if does.startswith("slot") else data[does]
        about = self._assertion(does, expected, called, line, *where, does)
        if steps:
            last = steps[-1]
            steps[-1] = Step(
                last.does, last.text, (*last.assertions, about), last.pause, last.number, last.line
            )
        else:
            opening.append(about)

    def _assertions(self, data: Any, called: str, *where: str | int) -> tuple[Assertion, ...]:
        if not isinstance(data, list):
            raise self._error(f"{called}: `assertions` needs a list: each begins with `- `.", *where)
        found = []
        for place, one in enumerate(data):
            if not isinstance(one, dict) or len(one) != 1:
                raise self._error(f"{called}: each assertion has one name, such as `- outcome: answered`.", *where, place)  # fmt: skip
            ((kind, expected),) = one.items()
            found.append(
                self._assertion(kind, expected, called, self._file.line(*where, place), *where, place)
            )
        return tuple(found)

    def _assertion(self, kind: str, expected: Any, called: str, line: int, *where: str | int) -> Assertion:
        if kind in _NOT_HERE:
            raise self._error(f"{called}: `{kind}` needs {_NOT_HERE[kind]}, which Rasa Open Source does not have.", *where)  # fmt: skip
        if kind not in KINDS:
            raise self._error(f"{called}: `{kind}` is no assertion{_meant(kind, KINDS)}.", *where)
        if mistake := KINDS[kind].mistake(expected):
            raise self._error(f"{called}: `{kind}` {mistake}.", *where)
        return Assertion(kind, expected, line)

    def _known(self, data: Mapping[str, Any], keys: Iterable[str], called: str, *where: str | int) -> None:
        keys = tuple(keys)
        for key in data:
            if key in _REFUSED:
                raise self._error(f"{called}: `{key}` is not taken: {_REFUSED[key]}.", *where, key)
            if key not in keys:
                raise self._error(f"{called}: `{key}` is not known here{_meant(key, keys)}.", *where, key)

    def _slots(self, names: Any, called: str, *where: str | int) -> dict[str, Any]:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self._error(
                f"{called!r}: `fixtures` needs a list of names, such as `fixtures: [known_plan]`.", *where
            )
        slots: dict[str, Any] = {}
        for name in names:
            if name not in self._fixtures:
                raise self._error(
                    f"{called!r}: the file has no fixture {name!r}{_meant(name, self._fixtures)}.", *where
                )
            for values in self._fixtures[name]:
                slots |= {slot: _value(value) for slot, value in values.items()}
        return slots

    def _failure(self, reason: Any, called: str, *where: str | int) -> str:
        if not isinstance(reason, str):
            raise self._error(f"{called!r}: `expected_failure` needs a sentence: why it fails.", *where)
        return reason

    def _zone(self, name: Any, *where: str | int) -> str:
        if not isinstance(name, str) or name not in iana_zones():
            raise self._error(f"{name!r} is no time zone. Write one such as America/Chicago.", *where)
        return str(name)

    def _clock(self, data: Mapping[str, Any], called: str, *where: str | int) -> datetime | None:
        if "clock" not in data:
            return None
        try:
            clock = datetime.fromisoformat(data["clock"])
        except (TypeError, ValueError):
            raise self._error(
                f"{called!r}: `clock` needs a date and time such as 2026-11-16T11:00.", *where
            ) from None
        return clock if clock.tzinfo else clock.replace(tzinfo=ZoneInfo(data.get("zone", ZONE)))

    def _pause(self, text: str, called: str, *where: str | int) -> timedelta:
        found = _PAUSE.fullmatch(text.strip())
        if found is None:
            raise self._error(f"{called}: `later` needs a span such as `15 minutes`.", *where)
        return timedelta(**{f"{found[2]}s": int(found[1])})

    @staticmethod
    def _old_slots(data: Any) -> Any:
        """Return the older form (`- plan: iep`, `- plan`) in the newer one."""
        found = []
        for slot in data if isinstance(data, list) else [data]:
            if isinstance(slot, dict) and "name" not in slot:
                found += [{"name": name, "value": value} for name, value in slot.items()]
            else:
                found.append({"name": slot} if isinstance(slot, str) else slot)
        return found

    def _error(self, message: str, *where: str | int) -> StoryError:
        return StoryError(str(self._file.error(message, *where)))


def _value(written: Any) -> Any:
    """Return the value of a slot, true, false and null within lists and mappings too: the file is read as text."""
    if isinstance(written, list):
        return [_value(one) for one in written]
    if isinstance(written, dict):
        return {name: _value(one) for name, one in written.items()}
    return _CONSTANTS.get(written, written)


def _meant(name: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(name, known, n=1)
    return f": did you mean `{near[0]}`?" if near else f"; known are {', '.join(known)}"
