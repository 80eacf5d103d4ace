"""`make record`: a talk of the tracker store becomes a story, with personal data replaced by invented data.

`python -m assistant.replay.record` lists the talks; with an id (its beginning is enough) it prints the talk as a story,
`--into tests/conversations/test_booking.yml` adds it to a file, `--name` gives it a name.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.engine.quiet import ignore_warnings
from assistant.replay.masking import INVENTED, invented, personal_data
from assistant.replay.story_file import add_to, as_yaml
from assistant.settings import Settings, SettingsError, read_settings

_NAMES = ("contact_name",)
_DATED = re.compile(r'/inform\{"(?:opening|call)"')


class NotRecorded(RuntimeError):
    """There is no such talk; the text says what to do."""


def story_of(events: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Return the events of a talk (Rasa's own dictionaries) as a case in the file's form."""
    names = {
        str(event["value"])
        for event in events
        if event.get("event") == "slot" and event.get("name") in _NAMES and event.get("value")
    }
    story = _Story(names)
    for event in events:
        story.take(event)
    for step in story.steps:
        if not step["assertions"]:
            del step["assertions"]
    return {"test_case": name, "steps": story.steps}


class _Story:
    """The steps of a talk, event by event.

    Args:
        names: What the parent called people, to be replaced by invented names.
    """

    def __init__(self, names: set[str]) -> None:
        self.steps: list[dict[str, Any]] = []
        self._names = names
        self._offered: dict[str, str] = {}
        self._last: list[str] = []
        self._asked = ""

    def take(self, event: Mapping[str, Any]) -> None:
        kind = event["event"]
        if kind == "slot" and event.get("name") == "requested_slot":
            self._asked = str(event.get("value") or "")
        elif kind == "user" and event.get("text") is not None:
            self._hear(str(event["text"]))
        elif kind == "bot":
            self._answer(event)

    def _hear(self, text: str) -> None:
        if not self.steps and text == "/greet":  # the channel's own opening
            return
        pressed = text.startswith("/")
        said = _button(text, self._offered, self._last) if pressed else text
        self._last = []
        does = "press" if pressed else "user"
        self.steps.append({does: invented(said, self._names, self._asked), "assertions": []})

    def _answer(self, event: Mapping[str, Any]) -> None:
        reply = (event.get("metadata") or {}).get("reply") or {}
        buttons = reply.get("buttons") or (event.get("data") or {}).get("buttons") or ()
        self._offered |= {button["payload"]: button["title"] for button in buttons}
        self._last += [button["payload"] for button in buttons]
        if self.steps:
            _expect(self.steps[-1]["assertions"], reply)


def _button(payload: str, offered: Mapping[str, str], last: Sequence[str]) -> str:
    """Return how a story names a button: by its title, or by its place where the title is a day that passes."""
    if payload in last and _DATED.match(payload):
        return f"#{last.index(payload) + 1}"
    return offered.get(payload, payload)


def _expect(assertions: list[dict[str, Any]], reply: Mapping[str, Any]) -> None:
    """Add what the reply was; a person looks it over and adds the words that matter."""
    if answer := reply.get("answer"):
        what = {"point": answer["point"]} if answer.get("point") else {"intent": answer["intent"]}
        assertions.append({"answer": {**what, "plan": answer["plan"]}})
        if sources := reply.get("sources"):
            assertions.append({"source_cited": sources[0]["cite"] or sources[0]["title"]})
    elif (outcome := reply.get("outcome")) and {"outcome": outcome} not in assertions:
        assertions.append({"outcome": outcome})


async def talks(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Return the events of every talk of the store, by its id, the newest last.

    Raises:
        NotRecorded: There is no store, or its talks were written under another secret.
    """
    from assistant.store.tracker.sealed_rows import CannotOpen
    from assistant.store.tracker.store import TalkStore, TalksUnreachable

    try:
        store = TalkStore(settings.trackers_url, settings.secrets)
        found = {}
        for talk in await store.keys():
            tracker = await store.retrieve_full_tracker(talk)
            found[talk] = [event.as_dict() for event in tracker.events] if tracker else []
    except CannotOpen as error:
        raise NotRecorded(f"{error} Here it is WHICHPLAN_SECRET, or secret.key of {settings.data}.") from None
    except TalksUnreachable as error:
        raise NotRecorded(f"{error}. Name the server's data folder: make record DATA=var.") from None
    return dict(sorted(found.items(), key=lambda pair: pair[1][-1]["timestamp"] if pair[1] else 0))


def listing(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Return one line a talk: id, when it ended, turns, its first words with personal data masked."""
    lines = []
    for talk, events in found.items():
        typed = [
            str(e["text"])
            for e in events
            if e["event"] == "user" and not str(e.get("text") or "/").startswith("/")
        ]
        when = datetime.fromtimestamp(events[-1]["timestamp"], UTC) if events else None
        lines.append(
            f"{talk}  {when:%Y-%m-%d %H:%M}  {len(typed):3} turns  {invented(typed[0] if typed else '')[:60]}"
        )
    return "\n".join(lines) or "The store holds no talk yet."


def main(arguments: Sequence[str] | None = None) -> None:
    """List the talks, or print one as a story."""
    parser = argparse.ArgumentParser(prog="make record", description=__doc__)
    parser.add_argument(
        "talk", nargs="?", help="id of the talk, or its beginning; without it the talks are listed"
    )
    parser.add_argument("--name", default="a recorded talk", help="the story's name")
    parser.add_argument("--into", type=Path, help="file to add the story to")
    options = parser.parse_args(arguments)
    ignore_warnings()
    try:
        found = asyncio.run(talks(read_settings()))
        if options.talk is None:
            sys.stdout.write(listing(found) + "\n")
            return
        named = [talk for talk in found if talk.startswith(options.talk)]
        if len(named) != 1:
            raise NotRecorded(f"{len(named)} talks begin with {options.talk}. `make record` lists them.")
        text = as_yaml(story_of(found[named[0]], options.name))
    except (NotRecorded, SettingsError) as error:
        sys.exit(f"Nothing was recorded: {error}")
    if options.into:
        add_to(options.into, text)
    else:
        sys.stdout.write(f"test_cases:\n{text}")
    if left := [one for one in personal_data(text) if one not in INVENTED.values()]:
        sys.stderr.write(f"Look these over before you commit: {', '.join(left)}\n")


if __name__ == "__main__":
    main()
