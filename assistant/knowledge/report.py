"""Writes all answers as one table, and a map of what is known of each state: `make content-report` (var/content-report.html, var/states.html).

For whoever reviews the answers without being a programmer: each row has the text for one plan, its reading grade,
the pages it rests on, when it was reviewed, and file and line to edit.
"""

from __future__ import annotations

import html
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import clock
from assistant.knowledge import states_map
from assistant.knowledge.answers import PLANS, Answer, Text
from assistant.knowledge.checks.reading import grade
from assistant.knowledge.facts import Source
from assistant.knowledge.library import Library, library
from assistant.knowledge.source import read, topic_file
from assistant.private_files import private_file, private_folder

PLAN_NAMES = {"504": "504 plan", "iep": "IEP", "either": "plan not known", "none": "no plan yet"}

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Which Plan: all answers</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1c2733; background: #fff; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .6rem .7rem; border-bottom: 1px solid #d5dbe1; }
th { position: sticky; top: 0; background: #f2f5f8; }
td.words { min-width: 24rem; max-width: 44rem; }
td:nth-child(4), td:nth-child(6) { white-space: nowrap; }
td:nth-child(5), td:last-child { overflow-wrap: anywhere; }
td p, td ul, td ol { margin: 0 0 .5rem; }
td small { color: #51606e; }
tr.first td { border-top: 3px solid #8fa1b3; }
.over { background: #ffe0dc; }
input { font: inherit; padding: .4rem .6rem; width: min(30rem, 90%); margin: .5rem 0 1rem; }
</style></head><body>
"""
_FILTER = """<script>
document.querySelector("input").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});
</script>
</body></html>
"""


@dataclass(frozen=True)
class Row:
    """One text of one answer; `asked` is the short question right after it that a follow-up serves."""

    answer: Answer
    asked: str
    plan: str
    text: Text
    sources: list[Source]
    line: int

    @property
    def grades(self) -> dict[str, float]:
        """The Flesch-Kincaid grade of each part."""
        parts = {"short": self.text.short, "more": self.text.more, "simple": self.text.simple}
        return {name: grade(words) for name, words in parts.items() if words}


def _kind(answer: Answer, asked: str) -> str:
    return "by_channel" if asked in answer.channels else "follow_ups"


def rows(known: Library) -> Iterator[Row]:
    """Yield every text: by question, then by plan, the follow-ups after the answer itself."""
    for intent, answer in known.answers.items():
        file = read(topic_file(intent))
        for asked, part in {"": answer, **answer.follow_ups}.items():
            above = (_kind(answer, asked), asked) if asked else ()
            for plan in PLANS:
                if plan in part.texts:
                    sources = known.facts.sources(part.facts[plan], most=99)
                    line = file.line(*above, "texts", plan)
                    yield Row(answer, asked, plan, part.texts[plan], sources, line)


def page(known: Library, today: date, folder: Path) -> str:
    """Return the report as one HTML page that will lie in `folder`."""
    found = list(rows(known))
    grades = [value for row in found for value in row.grades.values()]
    due = sum(answer.review_by < today for answer in known.answers.values())
    summary = (
        f"{len(known.answers)} questions, {len(found)} texts. Mean reading grade {sum(grades) / len(grades):.1f}, "
        f"highest {max(grades):.1f} (8 at most). Reviews overdue: {due}. Written {today.isoformat()}."
    )
    body = "".join(_row(row, today, folder) for row in found)
    return (
        f"{_HEAD}<h1>All answers</h1><p>{summary} To change one, open the file in content/en/answers/ at the line that the last column names: "
        "docs/write/correct-an-answer.md.</p>"
        '<label>Show only rows with <input type="search" placeholder="ask_timeline, 60 days, IEP …"></label>'
        "<table><thead><tr><th>Question</th><th>Plan</th><th>What a parent reads</th><th>Grade</th>"
        f"<th>Rests on</th><th>Reviewed</th><th>Edit</th></tr></thead><tbody>{body}</tbody></table>{_FILTER}"
    )


def _row(row: Row, today: date, folder: Path) -> str:
    answer, path = row.answer, topic_file(row.answer.intent)
    first = (
        ' class="first"' if row.plan == next(p for p in PLANS if p in answer.texts) and not row.asked else ""
    )
    question = f"{html.escape(answer.title)}<br><small>{answer.intent}</small>"
    if row.asked:
        question = f"<small>{answer.intent}, then</small><br>{row.asked}"
    words = _markdown(row.text.short) + _markdown(row.text.more)
    if row.text.simple:
        words += f"<p><small>Simpler:</small> {_inline(row.text.simple)}</p>"
    grades = "<br>".join(
        f'<span class="{"over" if value > 8 else "ok"}">{name} {value:.1f}</span>'
        for name, value in row.grades.items()
    )
    links = "<br>".join(
        f'<a href="{html.escape(s.url)}" rel="noreferrer">{html.escape(s.cite or s.title)}</a>'
        for s in row.sources
    )
    over = ' class="over"' if answer.review_by < today else ""
    file = html.escape(os.path.relpath(path, folder))
    return (
        f'<tr{first}><td>{question}</td><td>{PLAN_NAMES[row.plan]}</td><td class="words">{words}</td>'
        f"<td>{grades}</td><td>{links}</td><td{over}>{answer.reviewed}<br><small>again by {answer.review_by}</small>"
        f'</td><td><a href="{file}">{path.name}</a><br>line {row.line}</td></tr>\n'
    )


def _inline(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text))
    return re.sub(r"\[([^\]]*)\]\(((?:https|tel):[^)]*)\)", r'<a href="\2" rel="noreferrer">\1</a>', bold)


def _markdown(text: str) -> str:
    lines = [f"<p>{_inline(line.strip())}</p>" for line in text.splitlines() if line.strip()]
    return "".join(re.sub(r"^<p>(?:-|\d+\.) ", "<p>• ", line) for line in lines)


def main() -> None:
    """Write the report into the folder named on the command line, else var, and say where it lies."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "var").expanduser().resolve()
    try:
        _write(folder)
    except OSError as error:
        sys.exit(
            f"The report was not written: {error}. Name a folder that is yours to write: make content-report DATA=var"
        )


def _write(folder: Path) -> None:
    private_folder(folder)  # it is that of the databases
    target = folder / "content-report.html"
    private_file(target)
    today = clock.now().date()
    target.write_text(page(library(), today, folder), encoding="utf-8")
    sys.stdout.write(f"All answers in one table: {target}\n")
    known = states_map.cells()
    for name, text in (
        ("states.svg", states_map.picture(known, today)),
        ("states.html", states_map.page(known, today)),
    ):
        private_file(folder / name)
        (folder / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"What is known of each state: {folder / 'states.html'}, {folder / 'states.svg'}\n")


if __name__ == "__main__":
    main()
