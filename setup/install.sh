#!/bin/sh
# Makes .venv from a locked requirements file: setup/install.sh requirements.lock
# Uses uv where it can be had (seconds), else or where uv fails pip (about a minute). Does nothing when .venv is up to date.
set -eu
cd "$(dirname "$0")/.."
. setup/certificates.sh
lock=$1
stamp=.venv/installed-from
stop() {
    echo "Which Plan was not installed: $1" >&2
    exit 1
}
with_uv() {
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv || return 1
    "$uv" pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
}
with_pip() {
    [ -x .venv/bin/python ] || "$python" -m venv .venv || stop "$python has no venv module. Install it (Debian, Ubuntu: apt install python3-venv) and run make again."
    # an environment that uv made has no pip
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null 2>&1 ||
        stop "$python can't put pip into .venv. Install its venv module (Debian, Ubuntu: apt install python3-venv), delete .venv and run make again."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --ignore-requires-python -r "$lock" ||
        stop "the packages of $lock could not be installed (see above). Is the network there, and room on the disk? Where the network reads TLS (schools do), \
put its certificate among those of this machine, or name a file with it: SSL_CERT_FILE=/path/to/it.pem. Then run make again."
}

python=$(setup/find_python.sh) || python=
wanted="$(cat "$lock" setup/install.sh | cksum)"
# An environment with the development tools has all that running needs.
dev="$(cat requirements-dev.lock setup/install.sh | cksum)"
if [ -x .venv/bin/python ] && [ -f "$stamp" ]; then
    have=$(cat "$stamp")
    if [ "$have" = "$wanted" ] || [ "$have" = "$dev" ]; then exit 0; fi
fi

# uv, from PATH or bootstrapped into a folder of its own with whatever python3 there is
uv=$(command -v uv || true)
[ -n "$uv" ] || [ ! -x .uv/bin/uv ] || uv=.uv/bin/uv
if [ -z "$uv" ]; then
    any=${python:-$(command -v python3 || true)}
    [ -n "$any" ] || stop "there is no Python. Install Python 3.12 or 3.11 (Debian, Ubuntu: apt install python3 python3-venv) and run make again."
    if "$any" -m venv .uv >/dev/null 2>&1 && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv >/dev/null 2>&1; then
        uv=.uv/bin/uv
    elif rm -rf .uv && "$any" -m pip install --quiet --disable-pip-version-check --target .uv/lib uv >/dev/null 2>&1; then
        uv=.uv/lib/bin/uv
    fi
fi
if [ -z "$python" ]; then
    [ -n "$uv" ] || stop "it needs Python 3.12 or 3.11, found neither, and uv could not be installed to fetch one. Install python3.12 (or 3.11) with its venv module and run make again."
    echo "No Python 3.12 or 3.11 here: uv fetches 3.12 ..."
    "$uv" python install --quiet 3.12 || stop "Python 3.12 could not be fetched (see above). Install python3.12 or python3.11 and run make again."
    python=$("$uv" python find 3.12)
fi

echo "Installing $lock into .venv with $python ..."
if [ -x .venv/bin/python ] && [ "$(.venv/bin/python -c 'import sys; print(sys.version_info[:2])' 2>/dev/null)" != "$("$python" -c 'import sys; print(sys.version_info[:2])')" ]; then
    rm -rf .venv
fi
if [ -z "$uv" ]; then
    with_pip
elif ! with_uv; then
    echo "uv could not install them (see above): trying pip, which takes a minute ..." >&2
    with_pip
fi
# Rasa imports TensorFlow's modules at start: the stand-ins of assistant/engine take their place, for Rasa's own
# commands too. The path is relative, so the checkout may be moved.
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n%s\n' '../../../../assistant/engine/standins' 'import whichplan_startup' > "$packages/whichplan.pth"
echo "$wanted" > "$stamp"
