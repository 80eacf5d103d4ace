"""The list as a page for a browser on the owner's own machine; it loads nothing and runs nothing."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from assistant.knowledge.organisation import own_words
from assistant.unanswered.groups import Group

WHY = {
    "no_answer": "no checked answer",
    "choice": "a choice was offered",
    "repeat": "asked again",
    "not_it": "“that's not what I asked”",
    "thumb_down": "thumb down",
}
SHOWN_TEXTS = 8

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Which Plan: what was not answered</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1c2733; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .6rem .7rem; border-bottom: 1px solid #d5dbe1; }
th { background: #f2f5f8; }
td ul { margin: 0; padding-left: 1.1rem; }
code { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
small { color: #51606e; }
</style></head><body>
"""


def page(groups: Sequence[Group], today: date) -> str:
    """Return the groups as one page, with the command for each next step."""
    rows = sum(len(group.rows) for group in groups)
    body = "".join(_row(group) for group in groups)
    return (
        f"{_HEAD}<h1>What was not answered</h1><p>{rows} turns in {len(groups)} groups, written {today.isoformat()}. "
        "Words stand here only where the parent let us keep them; they are masked, and gone after "
        f"{own_words()['talks_days']} days. Keep this page to "
        "yourself: docs/write/unanswered.md.</p><table><thead><tr><th>Row</th><th>Turns</th><th>What was written</th>"
        f"<th>Nearest</th><th>About</th><th>Next step</th></tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def _row(group: Group) -> str:
    texts = group.texts
    words = "".join(f"<li>{html.escape(text)}</li>" for text in texts[:SHOWN_TEXTS])
    more = f"<small>and {len(texts) - SHOWN_TEXTS} more</small>" if len(texts) > SHOWN_TEXTS else ""
    near = "<br>".join(html.escape(name) for name in group.near)
    about = "<br>".join(html.escape(line) for line in about_lines(group))
    steps = "\n".join(next_steps(group))
    return (
        f"<tr><td>{group.id}</td><td>{len(group.rows)}</td><td><ul>{words or '<li><small>counts alone</small></li>'}</ul>{more}</td>"
        f"<td>{near}</td><td>{about}</td><td><code>{html.escape(steps)}</code></td></tr>\n"
    )


def about_lines(group: Group) -> list[str]:
    """Return why, plan, state, channel and version of a group, as far as they are known."""
    why = [
        WHY.get(text.partition(" ")[0], text) + text.partition(" ")[1] + text.partition(" ")[2]
        for text in group.most("why")
    ]
    parts = [
        ("", why),
        *((part, group.most(part)) for part in ("point", "plan", "state", "channel", "version")),
    ]
    return [f"{name} {', '.join(values)}".strip() for name, values in parts if values]


def next_steps(group: Group) -> list[str]:
    """Return the commands that end a row."""
    nearest = next((name for name in group.near if "/" in name), "ask_topic/point")
    topic = nearest.partition("/")[0]
    return [
        f'make unanswered ARGS="wording {group.id} {nearest}"',
        f'make unanswered ARGS="point {group.id} {topic}/new_point"',
        f'make unanswered ARGS="not-ours {group.id}"',
        f'make unanswered ARGS="waiting {group.id}"',
    ]
