#!/bin/sh
# Makes .venv-fuzz from requirements-fuzz.lock: schemathesis wants a newer jsonschema than Rasa allows.
set -eu
cd "$(dirname "$0")/.."
. setup/certificates.sh
lock=requirements-fuzz.lock
stamp=.venv-fuzz/installed-from
wanted=$(cat "$lock" setup/fuzz.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
rm -rf .venv-fuzz
"$(setup/find_python.sh)" -m venv .venv-fuzz
uv=$(command -v uv || echo .uv/bin/uv)
if [ -x "$uv" ]; then
    # --no-config: pyproject.toml is about the assistant's own packages
    "$uv" pip sync --quiet --no-config --python .venv-fuzz/bin/python --require-hashes "$lock"
else
    .venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
fi
echo "$wanted" >"$stamp"
