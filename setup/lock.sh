#!/bin/sh
# Writes requirements.lock and requirements-dev.lock from pyproject.toml: hashed, and without any registry's address.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .uv/bin/uv)
"$uv" lock --quiet
"$uv" export --quiet --frozen --no-emit-project --no-dev --no-header --no-annotate -o requirements.lock
"$uv" export --quiet --frozen --no-emit-project --no-header --no-annotate -o requirements-dev.lock
