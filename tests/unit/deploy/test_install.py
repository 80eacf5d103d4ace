"""setup/install.sh where uv fails and the network reads TLS: pip installs what is locked, and trusts what the machine trusts."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import os
import shutil
import ssl
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assistant.settings import TOP

UV = """#!/bin/sh
echo "$UV_NATIVE_TLS $UV_SYSTEM_CERTS $1 $2" >> "{log}"
if [ "$1" = venv ]; then exec "{python}" -m venv --without-pip .venv; fi
echo "error: invalid peer certificate: UnknownIssuer" >&2
exit 2
"""
WHEEL = "tiny-1.0-py3-none-any.whl"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that no list knows, and its key; return both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a school's network")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "network.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Network:
    """A package registry behind a certificate of its own, a checkout that needs one package, a uv that fails."""

    def __init__(self, folder: Path) -> None:
        self.certificate, key = certificate(folder)
        packages = folder / "served/simple/tiny"
        packages.mkdir(parents=True)
        with zipfile.ZipFile(packages / WHEEL, "w") as wheel:
            wheel.writestr("tiny.py", "found = True\n")
            wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
            wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")  # fmt: skip
            wheel.writestr("tiny-1.0.dist-info/RECORD", "tiny.py,,\n")
        (packages / "index.html").write_text(f'<a href="{WHEEL}">{WHEEL}</a>')
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "served")))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

        self.checkout = folder / "checkout"
        shutil.copytree(TOP / "setup", self.checkout / "setup")
        sha = hashlib.sha256((packages / WHEEL).read_bytes()).hexdigest()
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (self.checkout / lock).write_text(f"tiny==1.0 --hash=sha256:{sha}\n")
        self.heard = folder / "uv.log"
        (folder / "bin").mkdir()
        uv = folder / "bin/uv"
        uv.write_text(UV.format(log=self.heard, python=sys.executable))
        uv.chmod(0o755)
        alone = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "SSL_", "REQUESTS_", "CURL_"))}  # fmt: skip
        self._environment = alone | {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "WHICHPLAN_PYTHON": sys.executable,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": f"https://127.0.0.1:{self._server.server_address[1]}/simple/",
            "PIP_RETRIES": "0",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }

    def install(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["setup/install.sh", "requirements.lock"],
            cwd=self.checkout,
            env=self._environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(tmp_path)
    yield made
    made.close()


def test_where_uv_fails_pip_installs_with_the_certificates_of_the_machine(network: Network) -> None:
    done = network.install(SSL_CERT_FILE=str(network.certificate))
    assert done.returncode == 0, done.stderr
    assert "UnknownIssuer" in done.stderr and "trying pip" in done.stderr
    assert list(network.checkout.glob(".venv/lib/*/site-packages/tiny.py"))
    assert list(network.checkout.glob(".venv/lib/*/site-packages/whichplan.pth"))
    calls = network.heard.read_text().splitlines()
    assert calls == ["true true venv --quiet", "true true pip sync"], (
        "uv is asked for the system's certificates"
    )
    assert network.install().returncode == 0
    assert network.heard.read_text().splitlines() == calls, "what is installed is not installed again"


def test_a_certificate_that_the_machine_does_not_know_is_a_sentence_with_the_way_out(
    network: Network,
) -> None:
    done = network.install()
    assert done.returncode == 1
    assert "SSL_CERT_FILE=" in done.stderr and "Which Plan was not installed" in done.stderr
    assert not (network.checkout / ".venv/installed-from").exists(), "the next make tries again"
    again = network.install(SSL_CERT_FILE=str(network.certificate))
    assert again.returncode == 0, again.stderr
