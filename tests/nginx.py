"""An nginx with deploy/nginx.conf in front of servers of a test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from assistant.settings import TOP
from tests.conftest import program

_WORKER = "server worker:8080 max_fails=0;"


def write_conf(folder: Path, listens: int, workers: Iterable[int], *, visitors_header: bool = False) -> Path:
    """Write deploy/nginx.conf for these ports, with its files in a folder.

    Args:
        folder: Takes the file, its logs and its temporary files.
        listens: The port on 127.0.0.1.
        workers: Ports of the servers behind it.
        visitors_header: Whether a test names the visitor's address itself, as `X-Real-IP`.
    """
    text = (TOP / "deploy/nginx.conf").read_text()
    assert text.count(_WORKER) == 1
    text = text.replace(_WORKER, "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in workers))
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{listens};").replace(
        "/tmp/nginx", f"{folder}/nginx"
    )
    text = text.replace("/dev/stdout", f"{folder}/access.log").replace("/dev/stderr", f"{folder}/error.log")
    if visitors_header:
        text = text.replace("server {", "server {\n    set_real_ip_from 127.0.0.1;", 1)
    path = folder / "nginx.conf"
    path.write_text(text)
    return path


def start(conf: Path) -> subprocess.Popen[bytes]:
    """Start nginx in the foreground."""
    return subprocess.Popen([str(program("nginx")), "-c", str(conf), "-g", "daemon off;"])
