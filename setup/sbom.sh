#!/bin/sh
# Writes results/sbom.json (CycloneDX 1.5) and results/licences.txt: what the lock installs, and under which licence.
set -eu
cd "$(dirname "$0")/.."
. setup/certificates.sh
uv=$(command -v uv || echo .uv/bin/uv)
mkdir -p results
[ -f uv.lock ] || "$uv" lock --quiet
"$uv" export --quiet --frozen --no-dev --preview-features sbom-export --format cyclonedx1.5 -o results/sbom.json >/dev/null
.venv/bin/python - <<'END' >results/licences.txt
from importlib.metadata import distributions

for one in sorted(distributions(), key=lambda found: found.metadata["Name"].lower()):
    about = one.metadata
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    told = about.get("License-Expression") or ", ".join(classified) or (about.get("License") or "").splitlines()[:1] or "not said"
    print(f"{about['Name']} {one.version}: {told if isinstance(told, str) else told[0]}")
END
echo "results/sbom.json: $(grep -c '"purl"' results/sbom.json) packages; results/licences.txt: $(wc -l <results/licences.txt) lines"
