#!/bin/sh
# What has to hold at each commit; runs everything and fails at the end, so that one run shows all.
cd "$(dirname "$0")/.."
failed=
step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        printf '%s\n' "$output" | sed 's/^/        /'
        failed=yes
    fi
}
step "format" .venv/bin/ruff format --check .
step "lint" .venv/bin/ruff check .
step "imports" .venv/bin/lint-imports --no-cache
step "types" .venv/bin/mypy
step "spelling" .venv/bin/codespell --toml pyproject.toml .
step "content" .venv/bin/python -m assistant.knowledge.check
step "dialogue" .venv/bin/python -m assistant.engine.dialogue_check
[ -z "$failed" ] || { echo "Something has to be mended before this can be committed." >&2; exit 1; }
