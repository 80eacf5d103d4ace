#!/bin/sh
# Writes requirements.lock and requirements-dev.lock from pyproject.toml, and requirements-fuzz.lock: hashed, and without
# any registry's address.
set -eu
cd "$(dirname "$0")/.."
. setup/certificates.sh
uv=$(command -v uv || echo .uv/bin/uv)
"$uv" lock --quiet
"$uv" export --quiet --frozen --no-emit-project --no-dev --no-header --no-annotate -o requirements.lock
"$uv" export --quiet --frozen --no-emit-project --no-header --no-annotate -o requirements-dev.lock
echo "schemathesis>=4,<5" | "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url -o requirements-fuzz.lock -
