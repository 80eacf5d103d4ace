"""The HTML report: each talk as bubbles, what was expected and what came, the milliseconds of each turn. One file, no script."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from assistant.replay.coverage import Coverage
from assistant.replay.seen import Played, Turn
from assistant.replay.story import Case

_STYLE = """
:root{color-scheme:light;--ink:#1d2733;--soft:#5b6b7c;--line:#d9e0e7;--good:#1a7f4b;--bad:#b3261e;--parent:#1f5f99}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:#f5f7f9}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}.sum{color:var(--soft);margin:.25rem 0 1rem}
details{background:#fff;border:1px solid var(--line);border-radius:10px;margin:.5rem 0;padding:.2rem .9rem}
summary{cursor:pointer;padding:.45rem 0;font-weight:600}summary small{font-weight:400;color:var(--soft)}
.mark{display:inline-block;min-width:5.2rem;font-size:.75rem;text-transform:uppercase;letter-spacing:.03em}
.passed .mark{color:var(--good)}.failed .mark{color:var(--bad)}.expected .mark{color:#8a5a00}
.turn{margin:.8rem 0 1.1rem}.bubble{max-width:85%;padding:.55rem .8rem;border-radius:14px;margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.parent{background:var(--parent);color:#fff;margin-left:auto;width:fit-content;border-bottom-right-radius:4px}
.bot{background:#e9eef3;width:fit-content;border-bottom-left-radius:4px}.about{font-size:.8rem;color:var(--soft);margin:.1rem .3rem}
.buttons{display:flex;flex-wrap:wrap;gap:.3rem;margin:.2rem 0}.buttons span{border:1px solid var(--parent);color:var(--parent);background:#fff;border-radius:99px;padding:.05rem .7rem;font-size:.85rem}
ul.checks{list-style:none;margin:.3rem 0 0;padding:.35rem .7rem;border-left:3px solid var(--line);font-size:.88rem}ul.checks li.ok{color:var(--good)}
ul.checks li.no{color:var(--bad);white-space:pre-wrap}ul.checks li.ok::before{content:"\\2713  "}ul.checks li.no::before{content:"\\2717  "}
ul.checks li.unseen{color:var(--soft)}ul.checks li.unseen::before{content:"\\2013  "}
table{border-collapse:collapse;background:#fff;font-size:.85rem}th,td{border:1px solid var(--line);padding:.15rem .5rem;text-align:left}td.n{text-align:right}td.zero{background:#fdecea;color:var(--bad)}
.missing{columns:3;font-size:.85rem;color:var(--bad)}
"""
_SMALL = re.compile(r"\*\*(.+?)\*\*")


def as_data(case: Case, played: Played) -> dict[str, Any]:
    """Return a played case as plain data, so that it can travel from a worker of `-n`."""
    return {
        "name": case.name,
        "file": case.path.stem.removeprefix("test_") if case.path.name else "generated",
        "line": case.line,
        "stopped": played.stopped,
        "turns": [_turn_data(turn) for turn in played.turns],
    }


def _turn_data(turn: Turn) -> dict[str, Any]:
    inside = turn.seen.inside
    return {
        "said": turn.seen.said,
        "replies": [dict(reply) for reply in turn.seen.replies],
        "milliseconds": round(turn.seen.milliseconds, 1),
        "expected": [list(pair) for pair in turn.expected],
        "wrong": list(turn.wrong),
        "unchecked": list(turn.unchecked),
        "intent": inside.intent if inside else "",
        "actions": list(inside.actions) if inside else [],
        "form_step": f"{inside.form}: {inside.form_step}" if inside and inside.form_step else "",
    }


def write_report(path: Path, talks: Sequence[Mapping[str, Any]], coverage: Coverage) -> None:
    """Write the report of a session."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(talks, coverage), encoding="utf-8")


def page(talks: Sequence[Mapping[str, Any]], coverage: Coverage) -> str:
    """Return the report as one HTML page; what failed comes first and stands open."""
    times = sorted(turn["milliseconds"] for talk in talks for turn in talk["turns"]) or [0.0]
    count = {
        kind: sum(talk["outcome"] == kind for talk in talks)
        for kind in ("passed", "failed", "expected failure")
    }
    ordered = sorted(talks, key=lambda talk: (talk["outcome"] != "failed", talk["file"], talk["line"]))
    sums = (
        f"{len(talks)} talks, {len(times)} turns: {count['passed']} passed, {count['failed']} failed, "
        f"{count['expected failure']} expected to fail. A turn takes {median(times):.0f} ms (median), "
        f"{times[int(len(times) * 0.95)]:.0f} ms (95 of 100), {times[-1]:.0f} ms at most."
    )
    files = dict.fromkeys(talk["file"] for talk in ordered)
    body = "".join(
        f"<h2>{escape(file)}</h2>" + "".join(_talk(talk) for talk in ordered if talk["file"] == file)
        for file in files
    )
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Replay: {count['failed']} failed</title><style>{_STYLE}</style><h1>Conversations replayed</h1>"
        f"<p class='sum'>{sums}</p>{body}{_coverage(coverage)}</html>"
    )


def _talk(talk: Mapping[str, Any]) -> str:
    outcome = str(talk["outcome"])
    total = sum(turn["milliseconds"] for turn in talk["turns"])
    turns = "".join(_turn(turn) for turn in talk["turns"])
    stopped = (
        f"<ul class='checks'><li class='no'>{escape(talk['stopped'])}</li></ul>" if talk["stopped"] else ""
    )
    reason = f"<p class='about'>Fails today: {escape(talk['reason'])}</p>" if talk.get("reason") else ""
    return (
        f"<details class='{outcome.split()[0]}'{' open' if outcome == 'failed' else ''}><summary><span class='mark'>{outcome}</span> "
        f"{escape(talk['name'])} <small>line {talk['line']}, {len(talk['turns'])} turns, {total:.0f} ms</small></summary>"
        f"{reason}{turns}{stopped}</details>"
    )


def _turn(turn: Mapping[str, Any]) -> str:
    understood = f" · understood as {turn['intent']}" if turn["intent"] else ""
    checks = [("no", text) for text in turn["wrong"]]
    checks += [
        ("no", f"expected {wanted}\n{came}") if came else ("ok", wanted) for wanted, came in turn["expected"]
    ]
    checks += [
        ("unseen", f"not checked, it shows only inside the process: {text}") for text in turn["unchecked"]
    ]
    listed = "".join(f"<li class='{kind}'>{escape(text)}</li>" for kind, text in checks)
    return (
        f"<div class='turn'><div class='bubble parent'>{escape(turn['said'])}</div>"
        f"{''.join(_reply(reply) for reply in turn['replies'])}"
        f"<div class='about'>{turn['milliseconds']:.0f} ms{understood}"
        f"{' · asks for ' + turn['form_step'] if turn['form_step'] else ''}</div>"
        f"{f'<ul class=checks>{listed}</ul>' if listed else ''}</div>"
    )


def _reply(reply: Mapping[str, Any]) -> str:
    answer = reply.get("answer")
    about = [str(reply.get("outcome"))]
    if answer:
        about.append(f"{answer.get('point') or answer['intent']}, plan {answer['plan']}")
    about += [str(source.get("cite") or source.get("title")) for source in reply.get("sources") or ()]
    buttons = "".join(f"<span>{escape(str(button['title']))}</span>" for button in reply.get("buttons") or ())
    text = _SMALL.sub(r"<b>\1</b>", escape(str(reply.get("text"))))
    return (
        f"<div class='bubble bot'>{text}</div>"
        f"{f'<div class=buttons>{buttons}</div>' if buttons else ''}<div class='about'>{escape(' · '.join(about))}</div>"
    )


def _coverage(coverage: Coverage) -> str:
    plans = coverage.plans
    head = "".join(f"<th>{plan}</th>" for plan in plans)
    rows = "".join(
        f"<tr><td>{intent}</td>{''.join(_cell(coverage.answers.get((intent, plan))) for plan in plans)}</tr>"
        for intent in coverage.intents
    )
    lists = "".join(
        f"<h2>{title}: {len(missing)} of {total} touched by no story</h2><ul class='missing'>{''.join(f'<li>{escape(m)}</li>' for m in missing)}</ul>"
        for title, missing, total in coverage.untouched()
    )
    return f"<h2>Answers given, topic by plan</h2><table><tr><th>topic</th>{head}</tr>{rows}</table>{lists}"


def _cell(count: int | None) -> str:
    if count is None:
        return "<td></td>"
    return f"<td class='n{' zero' if count == 0 else ''}'>{count}</td>"
