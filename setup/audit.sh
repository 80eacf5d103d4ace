#!/bin/sh
# Looks for known weaknesses in the locked packages. It needs the network: without it, it says so and fails nothing.
cd "$(dirname "$0")/.."
. setup/certificates.sh
mkdir -p results
uv=$(command -v uv || echo .uv/bin/uv)
if ! "$uv" tool run --quiet pip-audit --version >/dev/null 2>&1; then
    echo "not run: pip-audit can't be fetched from here."
    exit 0
fi
"$uv" tool run --quiet pip-audit --requirement requirements.lock --disable-pip --require-hashes --timeout 15 >results/audit.txt 2>&1
code=$?
if ! grep -q "^Found" results/audit.txt && grep -q "could not be audited" results/audit.txt; then
    echo "not run: $(grep -c "could not be audited" results/audit.txt) packages are unknown to the data that can be reached from here."
    exit 0
fi
if grep -qi "connection\|resolve\|timed out\|unreachable" results/audit.txt; then
    echo "not run: the data on known weaknesses can't be reached from here."
    exit 0
fi
cat results/audit.txt
exit $code
